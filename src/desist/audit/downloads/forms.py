"""The forms for asking for a file with names and taking it."""

from django.core.exceptions import ValidationError

from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

SHORTEST = 15


class Ask(Form):
    """The reason for the file."""

    why = fields.Text(
        label="What is the file needed for?",
        hint="The colleague who releases it reads this. Name nobody.",
        max_length=200,
        audience=Audience.STAYS,
    )


class Take(Form):
    """The passphrase that seals the file."""

    passphrase = fields.Text(
        label="Passphrase to seal the file with",
        hint=f"At least {SHORTEST} characters, such as four words. It is not kept: write it down apart from the file.",
        max_length=100,
        audience=Audience.NO_WORDS,
    )

    def clean_passphrase(self) -> str:
        """Refuse a short passphrase, which could be found by trying."""
        passphrase: str = self.cleaned_data["passphrase"]
        if len(passphrase) < SHORTEST:
            raise ValidationError(f"Enter a passphrase of at least {SHORTEST} characters")
        return passphrase
