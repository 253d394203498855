"""Forms that ask or alert the police."""

from desist.advocacy.pairs.states import State
from desist.desk.duty.forms import ContactNumber
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

    contact = ContactNumber(
        label="Which number should the police ring?",
        hint="A work telephone. Only this is sent, and the fact that an advocate is asking.",
    )
