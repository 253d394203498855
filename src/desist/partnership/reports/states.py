"""The states of a breach report of an advocacy service."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a report. TRANSITIONS says which state may follow which."""

    OPEN = "open", "Open, no crime reference yet"
    RECORDED = "recorded", "Recorded"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {State.OPEN: (State.RECORDED,), State.RECORDED: ()}
