"""The states of a concern, which may follow which, its outcomes and the pages that raise it."""

from datetime import datetime
from enum import StrEnum

from django.db.models import TextChoices


class State(TextChoices):
    """How far a concern is. TRANSITIONS says which state may follow which."""

    RAISED = "raised", "Raised, alert waiting"
    TAKEN_UP = "taken_up", "Acknowledged by the other side"
    CLOSED = "closed", "Closed"


class Outcome(TextChoices):
    """What came of a concern, coded so that it can be counted."""

    ACTED = "acted", "Police or another service acted on it"
    PLAN_CHANGED = "plan_changed", "We changed the plan with the person"
    WATCHED = "watched", "We watched, and nothing further arose"
    MISTAKEN = "mistaken", "No longer a concern"


class RaisedFrom(StrEnum):
    """The page that a concern is raised from: a session, a person on the programme, or any person ever referred."""

    SESSION = "session"
    PERSON = "person"
    REFERRED = "referred"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.RAISED: (State.TAKEN_UP, State.CLOSED),
    State.TAKEN_UP: (State.CLOSED,),
    State.CLOSED: (),
}


def state_of(*, acknowledged_at: datetime | None, closed_at: datetime | None) -> State:
    """Return the state that two moments give."""
    if closed_at is not None:
        return State.CLOSED
    return State.RAISED if acknowledged_at is None else State.TAKEN_UP
