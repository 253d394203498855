"""What an officer fills in, a section a page. Nothing here asks about the victim."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from desist import codes
from desist.ui import fields, moments
from desist.ui.forms import Form

NO_VICTIM = (
    "Do not write the victim’s name, address, workplace, telephone number or anything that leads to them."
)


class Start(Form):
    """Which programme the person is referred to."""

    programme = fields.Choice(label="Which programme?", choices=[])

    def __init__(self, *args: Any, programmes: Iterable[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Offer the programmes of the partner register."""
        super().__init__(*args, **kwargs)
        self.offer("programme", list(programmes))


class Person(Form):
    """Who is referred."""

    given_names = fields.Text(label="Given names", max_length=100)
    family_name = fields.Text(label="Family name", max_length=100)
    born = moments.Day(
        label="Date of birth", hint="For example, 27 3 1985", birthday=False, earliest=date(1900, 1, 1)
    )


class Route(Form):
    """By which way, on what footing, and where the criminal case stands."""

    route = fields.Choice(label="By which route is the person referred?", choices=codes.Route.choices)
    legal_basis = fields.Choice(label="On what legal basis is this shared?", choices=codes.LegalBasis.choices)
    proceedings = fields.Choice(label="Where do proceedings stand?", choices=codes.Proceedings.choices)


class Behaviour(Form):
    """What the person did."""

    behaviours = fields.Choices(
        label="Which acts associated with stalking?",
        hint="The list of section 2A of the Protection from Harassment Act 1997. Choose all that apply.",
        choices=codes.Behaviour.choices,
    )
    relationship = fields.Choice(
        label="How did the person know whom they stalked?", choices=codes.Relationship.choices
    )
    offence = fields.Text(label="Index offence", hint="As recorded. Write “none” if there is none.")
    behaviour_account = fields.LongText(label="What the person did, in a few sentences", hint=NO_VICTIM)


class Safety(Form):
    """What the programme must know to meet the person safely and fairly."""

    risks_to_staff = fields.LongText(
        label="Risks to staff", hint=f"Leave empty if none is known. {NO_VICTIM}", required=False, rows=3
    )
    needs = fields.LongText(
        label="Needs",
        hint="Interpreter, neurodiversity, access. Leave empty if none is known.",
        required=False,
        rows=3,
    )


class Contact(Form):
    """Whom the programme asks."""

    referrer_name = fields.Text(label="Name of the officer to contact", max_length=80)
    referrer_phone = fields.Text(label="Work telephone", max_length=40, width=20)


class Withdrawal(Form):
    """Why a referral is taken back."""

    reason = fields.Choice(
        label="Why is the referral taken back?",
        choices=[
            ("no_agreement", "The person no longer agrees"),
            ("proceedings", "Proceedings changed"),
            ("other_service", "Another service is better placed"),
            ("mistake", "Sent by mistake"),
        ],
    )


#: section -> its form; a test holds their fields against the section's
FORMS: dict[str, type[Form]] = {
    "person": Person,
    "route": Route,
    "behaviour": Behaviour,
    "safety": Safety,
    "contact": Contact,
}
#: field -> its question, for the pages that show answers
LABELS = {name: field.label for form in FORMS.values() for name, field in form.base_fields.items()}
