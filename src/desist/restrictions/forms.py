"""The forms that restrict a case, and keep an account from one."""

from collections.abc import Mapping
from typing import Any

from desist.references import typed
from desist.ui import fields
from desist.ui.fields import Pairs
from desist.ui.forms import Form
from desist.ui.words import Audience

REFERENCE = "As shown on the page of the referral, the person or the client"


class _AboutACase(Form):
    """A form that begins with a typed reference."""

    case = fields.Token(label="Case reference", hint=REFERENCE, max_length=20, width=20)

    def clean_case(self) -> str:
        """Return the reference in its stored form."""
        return typed(self.cleaned_data["case"])


class People(Form):
    """The accounts that see the case."""

    people = fields.Choices(label="Who may see this case?", choices=())

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Pairs, initial: dict[str, Any] | None = None
    ) -> None:
        """`people` are the accounts that hold a role here."""
        super().__init__(data, initial=initial)
        self.offer("people", people)


class Restrict(_AboutACase):
    """A case that only the chosen accounts see from now on."""

    reason = fields.Text(
        label="Why?",
        hint="For example: a party works for the police. Name nobody.",
        max_length=200,
        audience=Audience.STAYS,
    )
    people = fields.Choices(label="Who may see this case?", choices=())

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Pairs) -> None:
        """`people` are the accounts that hold a role here."""
        super().__init__(data)
        self.offer("people", people)


class KeepFrom(_AboutACase):
    """An account that never sees a case."""

    account = fields.Pick(label="Who must not see it?", choices=())
    reason = fields.Text(
        label="Why?",
        hint="For example: knows a party. Name nobody else.",
        max_length=200,
        audience=Audience.STAYS,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Pairs) -> None:
        """`people` are the accounts that hold a role here."""
        super().__init__(data)
        self.offer("account", [("", "Choose one"), *people])


class Reviewer(Form):
    """The person whom staff ask about a missing case."""

    name = fields.Name(label="Name", max_length=80)
    phone = fields.Token(label="Telephone number", max_length=30, width=20)


class Confirm(Form):
    """A form without fields."""
