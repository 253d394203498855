"""The form with the answer about the words of an order."""

from desist.advocacy.orders.states import Answer
from desist.ui import fields
from desist.ui.forms import Form


class Clearance(Form):
    """Whether the words may be said."""

    answer = fields.Choice(
        label="Can these words be served on the person and told to their programme?",
        hint="The police learn your answer and nothing else: no reason, and not what you know.",
        choices=[
            (
                Answer.CLEARED.value,
                "Yes: they do not lead to my client, or the person knows the place already",
            ),
            (Answer.REFUSED.value, "No: they lead to my client, or say that they moved"),
        ],
    )
