"""What practitioners declare."""

from datetime import date

from desist.programme.practitioners.states import Link
from desist.programme.team import commands
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

REFERENCE, NAME = "reference", "name"


class Declaration(Form):
    """A link to a person."""

    about = fields.Choice(
        label="How will you identify the person?",
        choices=[
            (REFERENCE, "By their reference here"),
            (NAME, "By name: you will not be told whether they are known here"),
        ],
        reveals={REFERENCE: ["case"], NAME: ["given_names", "family_name", "born"]},
    )
    case = fields.Text(
        label="Reference", hint="For example, K7F2-M9PX-4C", max_length=20, width=20, audience=Audience.STAYS
    )
    given_names = fields.Name(label="Given names", max_length=80)
    family_name = fields.Name(label="Family name", max_length=80)
    born = moments.Day(
        label="Date of birth", hint="Leave empty if you do not know it", required=False, birthday=True
    )
    kind = fields.Choice(
        label="What is the link?",
        hint="Choose one and write nothing more: nobody is asked for details.",
        choices=Link.choices,
    )

    def declared(self) -> commands.Declared:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        born: date | None = cleaned["born"]
        return commands.Declared(
            cleaned["kind"], cleaned["case"], cleaned["given_names"], cleaned["family_name"], born
        )
