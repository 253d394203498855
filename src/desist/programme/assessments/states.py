"""The states of an assessment and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    APPOINTED = "appointed", "Appointment made"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"


class How(TextChoices):
    """How the person is met. Elsewhere needs its words: it is on no list, and nothing keeps both sides apart there."""

    ROOM = "room", "In a room of the list"
    VIDEO = "video", "By video"
    TELEPHONE = "telephone", "By telephone"
    ELSEWHERE = "elsewhere", "Elsewhere"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.APPOINTED: (State.FINISHED, State.CANCELLED),
    State.FINISHED: (),
    State.CANCELLED: (),
}
