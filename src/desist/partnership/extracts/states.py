"""The states of what a programme asked the police to tell its evaluator."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    ASKED = "asked", "Asked, to be counted"
    COUNTED = "counted", "Counted, to be read and signed"
    SIGNED = "signed", "Signed, to be sent by a second person"
    SENT = "sent", "Sent"
    RECALLED = "recalled", "Recalled"
    SET_ASIDE = "set_aside", "Set aside before it was sent"
    WITHDRAWN = "withdrawn", "The programme recalled its extract"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.COUNTED, State.SET_ASIDE, State.WITHDRAWN),
    State.COUNTED: (State.SIGNED, State.SET_ASIDE, State.WITHDRAWN),
    State.SIGNED: (State.SENT, State.SET_ASIDE, State.WITHDRAWN),
    State.SENT: (State.RECALLED, State.WITHDRAWN),
    State.RECALLED: (),
    State.SET_ASIDE: (),
    State.WITHDRAWN: (),
}
#: not sent yet
OPEN = (State.ASKED, State.COUNTED, State.SIGNED)
#: nothing can happen any more, and no row is kept
OVER = (State.RECALLED, State.SET_ASIDE, State.WITHDRAWN)
