"""The states of a file with names."""

from datetime import datetime, timedelta

from django.db.models import TextChoices

#: the time for downloading a released file, and the time that a request waits for a second person
LASTS = timedelta(hours=24)
WAITS = timedelta(days=7)


class State(TextChoices):
    """The state of a file at a moment."""

    ASKED = "asked", "Waits for a second person"
    RELEASED = "released", "Can be downloaded"
    REFUSED = "refused", "Refused"
    OVER = "over", "Gone"


TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.RELEASED, State.REFUSED, State.OVER),
    State.RELEASED: (State.OVER,),
    State.REFUSED: (),
    State.OVER: (),
}


def state(*, asked_at: datetime, decided_at: datetime | None, released: bool, at: datetime) -> State:
    """The state at a moment, from the stored facts."""
    if decided_at is None:
        return State.ASKED if at < asked_at + WAITS else State.OVER
    if not released:
        return State.REFUSED
    return State.RELEASED if at < decided_at + LASTS else State.OVER
