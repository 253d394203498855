"""What somebody writes about an alert."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Acknowledgement(Form):
    """That it is taken up, and what was done."""

    note = fields.LongText(
        label="What did you do?",
        hint="Who you called, and what was agreed.",
        max_length=2000,
        audience=Audience.STAYS,
    )


class Ring(Form):
    """Whom somebody rang, since nobody took the alert up."""

    whom = fields.Text(label="Who did you ring?", max_length=120, audience=Audience.STAYS)
    answer = fields.Text(label="What did they answer?", max_length=300, audience=Audience.STAYS)
    taken_up = fields.Tick(label="They have acknowledged it", required=False)
