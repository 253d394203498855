"""What is declared."""

from desist.advocacy.team.states import LinkKind
from desist.ui import fields
from desist.ui.forms import Form


class Declaration(Form):
    """Who has which link."""

    advocate = fields.Choice(label="Who has this link?", choices=[])
    kind = fields.Choice(
        label="What is the link?",
        hint="No more than this is asked or kept.",
        choices=LinkKind.choices,
    )
    person = fields.Text(
        label="Reference of the client",
        hint="As it stands on the client’s page, like K7F2-M9PX-4C. Leave it empty where the link is to people who stalk in general.",
        max_length=20,
        width=20,
        required=False,
    )
