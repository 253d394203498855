"""Where a breach pack stands. It is not a crime report, and is open until the police give it a crime reference."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    SENT = "sent", "Sent, no crime reference yet"
    RECORDED = "recorded", "Recorded by the police"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {State.SENT: (State.RECORDED,), State.RECORDED: ()}
