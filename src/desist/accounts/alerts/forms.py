"""The form that closes an account alert."""

from desist.accounts.alerts.states import Outcome
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Close(Form):
    """The outcome of an alert's review."""

    outcome = fields.Choice(label="What did you find?", choices=Outcome.choices)
    note = fields.Text(
        label="What was said and agreed?",
        hint="Name no client, no person on the programme and no case.",
        max_length=300,
        audience=Audience.STAYS,
    )
