"""The form that lists a duty number."""

from django.core.exceptions import ValidationError

from desist.desk.duty.commands import NUMBER
from desist.ui import fields
from desist.ui.forms import Form


class DutyNumber(Form):
    """The service that answers, and its number."""

    title = fields.Name(
        label="Who does it reach?", hint="For example: duty manager, day and night", max_length=80
    )
    number = fields.Name(label="Telephone number", max_length=20, width=20)

    def clean_number(self) -> str:
        """Refuse any text but a number, since alerts carry it."""
        number: str = self.cleaned_data["number"].strip()
        if not NUMBER.fullmatch(number):
            raise ValidationError("Enter a telephone number in digits, like 01632 960 001, and nothing else")
        return number
