"""The states of an assessment and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    APPOINTED = "appointed", "Appointment made"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.APPOINTED: (State.FINISHED, State.CANCELLED),
    State.FINISHED: (),
    State.CANCELLED: (),
}
