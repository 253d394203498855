"""The form that opens a case in an emergency."""

from django.core.exceptions import ValidationError

from desist.references import typed
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

SHORTEST = 20


class Emergency(Form):
    """The case, and the reason why it cannot wait."""

    case = fields.Token(
        label="Full reference of the case",
        hint="Of the person, the referral or the client. You cannot search by name here.",
        max_length=20,
        width=20,
    )
    reason = fields.Text(
        label="Why can it not wait for the person who works on it?",
        hint=f"At least {SHORTEST} characters. Write no name, address or number.",
        max_length=300,
        audience=Audience.STAYS,
    )

    def clean_case(self) -> str:
        """Return the reference in its stored form."""
        return typed(self.cleaned_data["case"])

    def clean_reason(self) -> str:
        """Refuse a reason too short for its reviewer to learn why."""
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST:
            raise ValidationError(f"Give a reason of at least {SHORTEST} characters")
        return reason
