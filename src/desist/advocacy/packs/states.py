"""The states of a breach pack. It is not a crime report, and is open until the police give it a crime reference."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a pack. TRANSITIONS says which state may follow which."""

    SENT = "sent", "Sent, no crime reference yet"
    RECORDED = "recorded", "Recorded by the police"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {State.SENT: (State.RECORDED,), State.RECORDED: ()}
