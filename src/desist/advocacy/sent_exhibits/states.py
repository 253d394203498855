"""The states of an exhibit that was sent to the police."""

from django.db.models import TextChoices


class State(TextChoices):
    """How an exhibit stands with the police. TRANSITIONS says which state may follow which."""

    SENT = "sent", "Sent, not all of it has arrived"
    WHOLE = "whole", "The police have it whole"
    DIFFERS = "differs", "What arrived is not what was sent"
    TOO_LARGE = "too_large", "Too large for the police’s system"
    RECALLED = "recalled", "Recalled"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.SENT: (State.WHOLE, State.DIFFERS, State.TOO_LARGE, State.RECALLED),
    State.WHOLE: (State.RECALLED,),
    State.DIFFERS: (State.RECALLED,),
    State.TOO_LARGE: (),
    State.RECALLED: (),
}
