"""What is asked before something is told about a client."""

from desist.advocacy.disclosures.commands import Told
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.vault.forms import Read
from desist.disclosure.forms import Confirm, Recall
from desist.disclosure.forms import Draft as Copy
from desist.ui import fields

__all__ = ["Confirm", "Draft", "Recall"]


class Draft(Read, Copy):
    """The exact copy, to whom it goes, and which of the client's choices lets it go."""

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
        """What the choice log is asked, once the form is valid."""
        return Told(What(self.cleaned_data["what"]), Whom(self.cleaned_data["recipient"]))
