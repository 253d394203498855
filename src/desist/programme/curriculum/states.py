"""The states of a version of the curriculum, and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    DRAFT = "draft", "Being written"
    CURRENT = "current", "In use"
    PAST = "past", "No longer in use"
    DROPPED = "dropped", "Discarded"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.CURRENT, State.DROPPED),
    State.CURRENT: (State.PAST,),
    State.PAST: (),
    State.DROPPED: (),
}
