"""Forms that ask or alert the police."""

from django.core.exceptions import ValidationError

from desist.advocacy.pairs.states import State
from desist.desk.duty.commands import NUMBER
from desist.ui import fields
from desist.ui.forms import Form


class Ask(Form):
    """The force to ask, and the crime."""

    police = fields.Choice(label="Which police force?", choices=[])
    crime_reference = fields.CrimeReference(
        label="Crime reference",
        hint="As the police gave it to your client, like 45/01234/26. Only this is sent, and that your client asks.",
    )


class Answer(Form):
    """The telephone answer of a force without software."""

    answer = fields.Choice(
        label="What did they answer?",
        choices=[(one.value, one.label) for one in (State.JOINED, State.DECLINED)],
    )


class Alert(Form):
    """The number to ring."""

    contact = fields.Token(
        label="Which number should the police ring?",
        hint="A work telephone. Only this is sent, and the fact that an advocate is asking.",
        max_length=20,
        width=20,
    )

    def clean_contact(self) -> str:
        """Allow a number and nothing else, since it leaves this site."""
        number: str = self.cleaned_data["contact"].strip()
        if not NUMBER.fullmatch(number):
            raise ValidationError("Enter a telephone number in digits, like 01632 960 001, and nothing else")
        return number
