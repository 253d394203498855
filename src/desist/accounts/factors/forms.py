"""The forms for setting up a factor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import PasswordInput

from desist.accounts.factors import queries
from desist.ui import fields
from desist.ui.forms import Form

SHORTEST = queries.SHORTEST


class NewPassword(Form):
    """A password that is hard to guess."""

    password = fields.Token(
        label="Choose a password",
        missing="Enter a password",
        hint=f"At least {SHORTEST} characters. Three or four words that have nothing to do with each other are good",
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, name: str, email: str) -> None:  # noqa: ANN401 - as Django's forms
        """`name` and `email` must not be in the password."""
        super().__init__(data)
        self.name, self.email = name, email

    def clean_password(self) -> str:
        """Refuse a password that is short, common, or the person's own name."""
        password = str(self.cleaned_data["password"])
        if found := queries.weaknesses(password=password, name=self.name, email=self.email):
            raise ValidationError(list(found))
        return password


class Code(Form):
    """The six digits that prove that the app holds the secret."""

    code = fields.Token(
        label="The six digits that the app shows",
        missing="Enter the six digits that the app shows",
        width=10,
        autocomplete="one-time-code",
    )


class PasskeyName(Form):
    """The name of a passkey in its owner's list."""

    name = fields.Name(
        label="What do you call this device?",
        hint="So that you recognise it in your list",
        max_length=60,
        width=20,
    )
