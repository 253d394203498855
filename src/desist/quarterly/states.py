"""The states of a quarterly return."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    COUNTED = "counted", "Counted, to be read and signed"
    SIGNED = "signed", "Signed, to be sent by a second person"
    SENT = "sent", "Sent"
    REPLACED = "replaced", "Replaced by a correction"
    RECALLED = "recalled", "Recalled"
    SET_ASIDE = "set_aside", "Set aside before it was sent"


#: not sent yet
OPEN = (State.COUNTED, State.SIGNED)
#: left this site at some time, and stays known for good
LEFT = (State.SENT, State.REPLACED, State.RECALLED)
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.COUNTED: (State.SIGNED, State.SET_ASIDE),
    State.SIGNED: (State.SENT, State.SET_ASIDE),
    State.SENT: (State.REPLACED, State.RECALLED),
    State.REPLACED: (),
    State.RECALLED: (),
    State.SET_ASIDE: (),
}
