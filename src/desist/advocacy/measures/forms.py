"""Forms to type in a questionnaire."""

from desist.advocacy.measures.states import Occasion
from desist.questionnaires import sheets
from desist.ui import fields
from desist.ui.forms import Read
from desist.ui.words import Audience


class Answers(sheets.Answers):
    """The answers, one by one."""

    OCCASIONS = Occasion.choices


class Total(sheets.Total):
    """The total alone."""

    OCCASIONS = Occasion.choices


class Strike(Read):
    """Why the advocate takes a form out of the scores."""

    reason = fields.Text(
        label="What was the error?", hint="For example: another person’s form", audience=Audience.STAYS
    )
