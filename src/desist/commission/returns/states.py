"""The states of a return that came."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    STANDS = "stands", "Came"
    REPLACED = "replaced", "Replaced by a correction"
    RECALLED = "recalled", "Recalled by the service"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.STANDS: (State.REPLACED, State.RECALLED),
    State.REPLACED: (State.RECALLED,),
    State.RECALLED: (),
}
