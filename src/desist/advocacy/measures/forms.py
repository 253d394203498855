"""What is typed in from a questionnaire."""

from desist.advocacy.measures.states import Occasion
from desist.advocacy.vault.forms import Read
from desist.questionnaires import sheets
from desist.ui import fields
from desist.ui.words import Audience


class Answers(sheets.Answers):
    """Answer by answer."""

    OCCASIONS = Occasion.choices


class Total(sheets.Total):
    """The total alone."""

    OCCASIONS = Occasion.choices


class Strike(Read):
    """Why a form is taken out of the scores."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s form", audience=Audience.STAYS
    )
