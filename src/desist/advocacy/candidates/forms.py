"""The form that decides about a possible breach."""

from typing import Any

from desist.ui import fields
from desist.ui.forms import Read
from desist.ui.words import Audience


class Decide(Read):
    """What a person says of it; nothing is decided by the program."""

    decision = fields.Choice(
        label="What have you decided?",
        hint="Whether it is a breach is for the police and a court to say.",
        choices=[
            ("confirm", "It may be a breach: prepare the report to the police"),
            ("aside", "Set it aside"),
        ],
    )
    reason = fields.LongText(
        label="Why?",
        hint="For example: sent before the order was handed over, or from another person. It stays here.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )
    account = fields.LongText(
        label="What happened, for the report?",
        hint="It goes into the incident log, and to the police if your client wants that. Write no address.",
        required=False,
        max_length=8000,
        rows=4,
        audience=Audience.CROSSES,
    )

    def ask(self, *, of_records: bool) -> None:
        """Ask for an account only where there is no incident yet."""
        if not of_records:
            del self.fields["account"]

    def clean(self) -> dict[str, Any]:
        """An account belongs to what is confirmed."""
        cleaned = super().clean()
        if "account" in self.fields and cleaned.get("decision") == "confirm" and not cleaned.get("account"):
            self.add_error("account", "Say what happened, for the report")
        return cleaned
