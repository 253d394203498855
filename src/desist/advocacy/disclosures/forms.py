"""Forms about a disclosure about a client."""

from typing import Any

from desist.advocacy.disclosures.commands import Told
from desist.advocacy.safety.states import What, Whom
from desist.disclosure.forms import Confirm, Recall
from desist.disclosure.forms import Draft as Copy
from desist.ui import fields
from desist.ui.forms import Read
from desist.ui.words import Audience

__all__ = ["Confirm", "Draft", "Recall"]


class Draft(Read, Copy):
    """The exact copy, its recipient, and the client's choice that permits it."""

    recipient = fields.Choice(
        label="Who is told?",
        hint="Anything for the programme goes through the police, who also decide.",
        choices=[],
    )
    what = fields.Choice(
        label="What is being told?",
        hint="Their choice about exactly this must be recorded.",
        choices=[],
    )
    without_choice = fields.Tick(
        label="A life is at stake, and it is told without their choice",
        hint="To the police alone, as an emergency, to keep someone safe.",
        required=False,
    )
    without = fields.LongText(
        label="Why can it not wait for their choice?",
        hint="It stays here. The colleague who approves it reads it.",
        required=False,
        max_length=1000,
        rows=2,
        audience=Audience.STAYS,
    )
    field_order = ("recipient", "what", "without_choice", "without", *Copy.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where it is told without their choice."""
        cleaned = super().clean()
        if cleaned.get("without_choice") and not cleaned.get("without"):
            self.add_error("without", "Say why it cannot wait for their choice")
        return cleaned

    def told(self) -> Told:
        """The question to the choice log, once the form is valid."""
        cleaned = self.cleaned_data
        without = cleaned["without"] if cleaned["without_choice"] else ""
        return Told(What(cleaned["what"]), Whom(cleaned["recipient"]), without)
