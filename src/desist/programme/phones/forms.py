"""What is asked about a person's phone."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Invite(Form):
    """Nothing to fill in: the button that makes an invitation."""


class Answer(Form):
    """What was done about what a person asked for."""

    words = fields.LongText(
        label="What did you do about it?",
        hint="For staff: the person does not see this. No names, no addresses",
        max_length=2_000,
        rows=3,
        audience=Audience.STAYS,
    )
