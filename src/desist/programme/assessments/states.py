"""The states of an assessment and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far an assessment is. TRANSITIONS says which state may follow which."""

    APPOINTED = "appointed", "Appointment made"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"


class How(TextChoices):
    """The way of meeting the person. Elsewhere needs its words: nothing keeps both sides apart at an unlisted place."""

    ROOM = "room", "In one of our rooms"
    VIDEO = "video", "By video"
    TELEPHONE = "telephone", "By telephone"
    ELSEWHERE = "elsewhere", "Elsewhere"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.APPOINTED: (State.FINISHED, State.CANCELLED),
    State.FINISHED: (),
    State.CANCELLED: (),
}
