"""What is asked where a finished record is put right: why, and the record as it ought to be."""

from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.corrections.commands import Why
from desist.programme.corrections.states import Reason
from desist.programme.sessions.forms import Record
from desist.programme.sessions.records import FIELDS
from desist.ui import fields


class Correction(Record):
    """The whole record, drawn from the finished one, and why it is changed."""

    reason = fields.Choice(label="Why is it being corrected?", choices=Reason.choices)
    reason_words = fields.LongText(
        label="In words",
        hint="Everyone who can see the session can read them. Name nobody outside the programme.",
        required=False,
        max_length=2_000,
        rows=3,
    )
    field_order = ("reason", "reason_words", *FIELDS)

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("reason_words"):
            raise ValidationError({"reason_words": "Say in words what the other reason is"})
        return cleaned

    def why(self) -> Why:
        """Why, once the form is valid."""
        return Why(Reason(self.cleaned_data["reason"]), self.cleaned_data["reason_words"])
