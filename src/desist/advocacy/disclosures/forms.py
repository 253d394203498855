"""Forms about a disclosure about a client."""

from desist.advocacy.disclosures.commands import Told
from desist.advocacy.safety.states import What, Whom
from desist.disclosure.forms import Confirm, Recall
from desist.disclosure.forms import Draft as Copy
from desist.ui import fields
from desist.ui.forms import Read

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
    field_order = ("recipient", "what", *Copy.field_order)

    def told(self) -> Told:
        """The question to the choice log, once the form is valid."""
        return Told(What(self.cleaned_data["what"]), Whom(self.cleaned_data["recipient"]))
