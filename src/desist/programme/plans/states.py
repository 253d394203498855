"""The states of a goal and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    OPEN = "open", "Being worked on"
    REACHED = "reached", "Reached"
    DROPPED = "dropped", "No longer pursued"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.REACHED, State.DROPPED),
    State.REACHED: (State.OPEN,),
    State.DROPPED: (State.OPEN,),
}
