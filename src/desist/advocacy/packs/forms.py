"""Forms about a breach pack."""

from desist.advocacy.police.forms import Alert
from desist.advocacy.vault.spelling import HoldsLocator
from desist.desk.duty.forms import ContactNumber
from desist.ui import fields
from desist.ui.forms import Form, Read
from desist.ui.words import Audience, Unclear


class Send(Read, Alert):
    """The force, and the number on which it rings back."""

    force = fields.Choice(label="Which police force?", choices=[])
    contact = ContactNumber(
        label="Which number should the police ring?",
        hint="A work telephone. It is sent with what is shown above.",
    )
    sure = fields.Tick(
        label="Your client has read it, or had it read to them, and wants it sent",
        missing="Go through it with your client first. Nothing is sent without them",
    )

    def refuse(self, unclear: Unclear) -> None:
        """Add how the advocate takes words out of a recorded incident."""
        if isinstance(unclear, HoldsLocator):
            unclear = HoldsLocator(f"{unclear}. To take words out, record the incident again without them")
        super().refuse(unclear)


class Ring(Form):
    """The officer to whom the advocate spoke, and the crime reference that the officer gave."""

    whom = fields.Text(label="Who did you speak to?", max_length=120, audience=Audience.STAYS)
    crime_reference = fields.CrimeReference(
        label="Crime reference",
        hint="If they gave one, like 45/01234/26. Leave it empty otherwise.",
        required=False,
    )
