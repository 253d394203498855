"""The form that puts a finished record right: why, and the record as it ought to be."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError

from desist.programme.corrections.commands import Why
from desist.programme.corrections.states import Reason
from desist.programme.pages.corrections.queries import ToCorrect
from desist.programme.sessions.forms import Record
from desist.programme.sessions.records import FIELDS
from desist.ui import fields
from desist.ui.words import Audience

#: the form asks which concern it was below the risk check
RISK = FIELDS.index("risk_check") + 1


class Correction(Record):
    """The form for the whole record, drawn from the finished one, and the reason of its change."""

    final = True
    reason = fields.Choice(
        label="Why is it being corrected?",
        choices=Reason.choices,
        hints={
            Reason.WRONG_RECORD: "The session is cancelled and counts nowhere. Its record stays as it is: change nothing below. "
            "Then enter the session that was held."
        },
    )
    reason_words = fields.LongText(
        label="In words",
        hint="Everyone who can see the session can read them. Name nobody outside the programme.",
        required=False,
        max_length=2_000,
        rows=3,
        audience=Audience.STAYS,
    )
    concern = fields.Choice(
        label="If the risk check now ends in a concern: which one?",
        hint="Those that were raised on the person’s page since this record was saved.",
        choices=[],
        required=False,
    )
    field_order = ("reason", "reason_words", *FIELDS[:RISK], "concern", *FIELDS[RISK:])

    def __init__(self, data: Mapping[str, Any] | None = None, *, page: ToCorrect) -> None:
        """Begin with the record as it stands; ask for the concern where there is one to choose."""
        super().__init__(data, initial=asdict(page.of.record), version=page.of.version)
        if page.concerns:
            self.offer("concern", page.concerns)
        else:
            del self.fields["concern"]

    def clean(self) -> dict[str, Any]:
        """Another reason is said in words."""
        cleaned = super().clean()
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("reason_words"):
            raise ValidationError({"reason_words": "Say in words what the other reason is"})
        return cleaned

    def why(self) -> Why:
        """Why, once the form is valid."""
        cleaned = self.cleaned_data
        return Why(
            Reason(cleaned["reason"]), cleaned["reason_words"], cleaned.get("concern", ""), self.override()
        )
