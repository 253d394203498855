"""The forms of a task."""

from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class NewTask(Form):
    """What is to be done, by whom and when."""

    words = fields.Text(
        label="What is to be done?",
        hint="For example: ring the housing officer. No address or number of anyone who is protected.",
        max_length=200,
        audience=Audience.STAYS,
    )
    to = fields.Choice(label="Who does it?", choices=[])
    due_on = moments.Day(label="To be done by")


class HandOver(Form):
    """The colleague who does it instead, and a line for them."""

    to = fields.Choice(label="Who does it now?", choices=[])
    line = fields.Text(label="A line for them", required=False, max_length=200, audience=Audience.STAYS)
