"""The states of an episode, and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    WAITING = "waiting", "Waiting for a practitioner"
    ALLOCATED = "allocated", "Allocated"
    IN_SESSIONS = "in_sessions", "In sessions"
    COMPLETED = "completed", "Completed"
    LEFT = "left", "Left"


#: on the programme now
OPEN = (State.WAITING, State.ALLOCATED, State.IN_SESSIONS)
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.WAITING: (State.ALLOCATED, State.LEFT),
    State.ALLOCATED: (State.IN_SESSIONS, State.LEFT),
    # back where the only recorded session was another person's
    State.IN_SESSIONS: (State.COMPLETED, State.LEFT, State.ALLOCATED),
    # after a leaving recorded by mistake, or when the person came back
    State.COMPLETED: (State.IN_SESSIONS,),
    State.LEFT: (State.WAITING, State.ALLOCATED, State.IN_SESSIONS),
}
