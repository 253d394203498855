"""The form that lists a duty number, and the field of every number that an alert carries."""

from django.core.exceptions import ValidationError

from desist.desk.duty.commands import NUMBER
from desist.ui import fields
from desist.ui.forms import Form


class ContactNumber(fields.Token):
    """A telephone number and nothing else, since an alert carries it away from this site."""

    def __init__(self, *, label: str = "Telephone number where you can be reached", hint: str = "") -> None:
        """One line."""
        super().__init__(label=label, hint=hint, max_length=20, width=20)

    def validate(self, value: str) -> None:
        """Refuse any text but a number."""
        super().validate(value)
        if not NUMBER.fullmatch(value):
            raise ValidationError("Enter a telephone number in digits, like 01632 960 001, and nothing else")


class DutyNumber(Form):
    """The service that answers, and its number."""

    title = fields.Name(
        label="Who does it reach?", hint="For example: duty manager, day and night", max_length=80
    )
    number = ContactNumber(label="Telephone number")
