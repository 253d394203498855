"""The police side's own forms about a disclosure. All sides share the form for the exact copy and its legal footing."""

from desist.disclosure.forms import Confirm, Draft, FootingForm, Recall, Refuse
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

__all__ = ["Confirm", "Draft", "FootingForm", "Recall", "Received", "Refuse"]


class Received(Form):
    """The person at the programme who has the printed copy."""

    whom = fields.Text(
        label="Who received it, and read the fingerprint back?",
        hint="Name and role",
        max_length=80,
        audience=Audience.STAYS,
    )
