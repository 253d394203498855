"""The form by which an officer asks a programme to ring."""

from django.core.exceptions import ValidationError

from desist.desk.duty.commands import NUMBER
from desist.ui import fields
from desist.ui.forms import Form


class Ask(Form):
    """The number to ring."""

    contact = fields.Token(
        label="Which number should the programme ring?",
        hint="Only this number is sent, and the fact that the police are asking. Say nothing else until they ring.",
        max_length=20,
        width=20,
    )

    def clean_contact(self) -> str:
        """Allow a number and nothing else, since it leaves this site."""
        number: str = self.cleaned_data["contact"].strip()
        if not NUMBER.fullmatch(number):
            raise ValidationError("Enter a telephone number in digits, like 01632 960 001, and nothing else")
        return number
