"""Where a breach report of an advocacy service stands."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    OPEN = "open", "Open, no crime reference yet"
    RECORDED = "recorded", "Recorded"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {State.OPEN: (State.RECORDED,), State.RECORDED: ()}
