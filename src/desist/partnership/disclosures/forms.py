"""What is asked of a disclosure on the police side; the exact copy and its footing are asked alike on every side."""

from desist.disclosure.forms import Confirm, Draft, FootingForm, Recall, Refuse
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

__all__ = ["Confirm", "Draft", "FootingForm", "Recall", "Received", "Refuse"]


class Received(Form):
    """Who has the printed copy."""

    whom = fields.Text(
        label="Who received it, and read the fingerprint back?",
        hint="Name and role",
        max_length=80,
        audience=Audience.STAYS,
    )
