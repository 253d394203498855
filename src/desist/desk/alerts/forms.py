"""The forms of an alert."""

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Acknowledgement(Form):
    """The action of the practitioner, officer or advocate who takes the alert up."""

    note = fields.LongText(
        label="What did you do?",
        hint="Who you called, and what was agreed.",
        max_length=2000,
        audience=Audience.STAYS,
    )


class Ring(Form):
    """The person rung, because no account took the alert up in time."""

    whom = fields.Text(label="Who did you ring?", max_length=120, audience=Audience.STAYS)
    answer = fields.Text(label="What did they answer?", max_length=300, audience=Audience.STAYS)
    taken_up = fields.Tick(label="They have acknowledged it", required=False)
