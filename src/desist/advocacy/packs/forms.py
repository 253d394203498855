"""What is filled in about a breach pack."""

from desist.advocacy.police.forms import Alert
from desist.advocacy.vault.forms import Read
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience


class Send(Read, Alert):
    """To which force, and on which number they ring back."""

    force = fields.Choice(label="Which police force?", choices=[])
    contact = fields.Token(
        label="Which number should the police ring?",
        hint="A work telephone. It is sent with what is shown above.",
        max_length=20,
        width=20,
    )
    sure = fields.Tick(
        label="Your client has read it, or had it read to them, and wants it sent",
        missing="Go through it with your client first. Nothing is sent without them",
    )


class Ring(Form):
    """Whom somebody rang, and the crime reference they gave."""

    whom = fields.Text(label="Who did you speak to?", max_length=120, audience=Audience.STAYS)
    crime_reference = fields.CrimeReference(
        label="Crime reference",
        hint="If they gave one, like 45/01234/26. Leave it empty otherwise.",
        required=False,
    )
