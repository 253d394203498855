"""The codes of an exhibit that an advocacy service sent with a report."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far an exhibit has come. TRANSITIONS says which state may follow which."""

    ARRIVING = "arriving", "Arriving"
    CHECKING = "checking", "Being checked"
    WHOLE = "whole", "Arrived whole"
    DIFFERS = "differs", "Not what was sent"
    TOO_LARGE = "too_large", "Too large, not taken in"
    RECALLED = "recalled", "Recalled and deleted"


class Custody(TextChoices):
    """An act in the custody log of an exhibit."""

    SENT = "sent", "Sent by the advocacy service"
    OFFERED = "offered", "Its first message arrived"
    WHOLE = "whole", "Arrived whole"
    DIFFERS = "differs", "Arrived, and is not what was sent"
    SAVED = "saved", "A copy was saved"
    RECALLED = "recalled", "Recalled by the advocacy service and deleted here"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ARRIVING: (State.CHECKING, State.RECALLED),
    State.CHECKING: (State.WHOLE, State.DIFFERS, State.RECALLED),
    State.WHOLE: (State.RECALLED,),
    State.DIFFERS: (State.RECALLED,),
    State.TOO_LARGE: (State.RECALLED,),
    State.RECALLED: (),
}
