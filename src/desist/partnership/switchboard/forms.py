"""The form by which an officer asks a programme to ring."""

from desist.desk.duty.forms import ContactNumber
from desist.ui.forms import Form


class Ask(Form):
    """The number to ring."""

    contact = ContactNumber(
        label="Which number should the programme ring?",
        hint="Only this number is sent, and the fact that the police are asking. Say nothing else until they ring.",
    )
