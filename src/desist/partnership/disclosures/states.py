"""The states of a disclosure on the police side, and which state may follow which."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a disclosure. TRANSITIONS says which state may follow which."""

    DRAFT = "draft", "Being written"
    OFFERED = "offered", "Offered by an advocacy service"
    HERE = "here", "For the police alone"
    SENT = "sent", "Sent"
    RECEIVED = "received", "Received"
    DROPPED = "dropped", "Not sent"
    REFUSED = "refused", "Not passed on"
    RECALLED = "recalled", "Recalled"


class RequestState(TextChoices):
    """The state of a request of the programme."""

    OPEN = "open", "Waiting for an answer"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Nothing disclosed"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SENT, State.DROPPED),
    State.OFFERED: (State.SENT, State.REFUSED, State.RECALLED),
    State.HERE: (State.RECALLED,),
    State.SENT: (State.RECEIVED, State.RECALLED),
    State.RECEIVED: (State.RECALLED,),
    State.DROPPED: (),
    State.REFUSED: (),
    State.RECALLED: (),
}
