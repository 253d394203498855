"""What is said about practitioners, and what they declare."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from desist.programme.team import commands, queries
from desist.programme.team.states import Body, Link
from desist.ui import dates, fields, moments
from desist.ui.forms import Form

PROFESSIONS = [
    ("probation", "Probation officer"),
    ("therapist", "Qualified therapist"),
    ("cbt", "Cognitive behavioural practitioner"),
]
REFERENCE, NAME = "reference", "name"


class Practitioner(Form):
    """Registration, training, capacity. Supervision is arranged on its own page."""

    account = fields.Pick(
        label="Who?",
        hint="Whoever holds the role of a practitioner in your area and is not listed yet",
        choices=[],
    )
    profession = fields.Choice(label="Profession", choices=PROFESSIONS)
    registered_with = fields.Pick(
        label="Registered with", missing="Choose the body they are registered with", choices=Body.choices
    )
    registration = fields.Text(label="Registration number", max_length=60, width=20)
    registered_until = moments.Day(
        label="Registration runs until", hint="Leave empty where the body names no end", required=False
    )
    trained_on = moments.Day(
        label="Training for this programme signed off on",
        hint="Leave empty while it is not. You sign it with your name.",
        required=False,
    )
    capacity = fields.Whole(label="How many people at once?", least=0, most=30, width=2)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime,
        page: queries.Page | None = None,
        accounts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Begins with what is known; `accounts` are offered where nobody is chosen yet."""
        super().__init__(data, initial=asdict(page) if page else {}, version=page.version if page else None)
        self.offer("account", accounts)
        if page:
            del self.fields["account"]
        trained = self.fields["trained_on"]
        if isinstance(trained, moments.Day):
            trained.latest = dates.local(at).date()

    def facts(self) -> commands.Facts:
        """What the command takes, once the form is valid."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "account"}
        return commands.Facts(**cleaned)


class Declaration(Form):
    """A link to a person."""

    about = fields.Choice(
        label="How do you name the person?",
        choices=[
            (REFERENCE, "By their reference here"),
            (NAME, "By name: nobody tells you whether they are known here"),
        ],
        reveals={REFERENCE: ["case"], NAME: ["given_names", "family_name", "born"]},
    )
    case = fields.Text(label="Reference", hint="For example, K7F2-M9PX-4C", max_length=20, width=20)
    given_names = fields.Text(label="Given names", max_length=80)
    family_name = fields.Text(label="Family name", max_length=80)
    born = moments.Day(
        label="Date of birth", hint="Leave empty if you do not know it", required=False, birthday=True
    )
    kind = fields.Choice(
        label="What is the link?",
        hint="Choose one and write nothing more: no words about it are asked, from anybody.",
        choices=Link.choices,
    )

    def declared(self) -> commands.Declared:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        born: date | None = cleaned["born"]
        return commands.Declared(
            cleaned["kind"], cleaned["case"], cleaned["given_names"], cleaned["family_name"], born
        )
