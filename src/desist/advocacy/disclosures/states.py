"""Where something that a client chose to have told stands, and what may follow."""

from django.db.models import TextChoices

from desist.advocacy.safety.states import What, Whom


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Sent to the police"
    RECEIVED = "received", "The police have it"
    PASSED_ON = "passed_on", "Passed on to the programme"
    REFUSED = "refused", "Not passed on"
    DROPPED = "dropped", "Not sent"
    RECALLED = "recalled", "Recalled"


class Event(TextChoices):
    """What a receipt of the police says."""

    RECEIVED = "received", "It arrived"
    RELEASED = "released", "It was passed on"
    STOPPED = "stopped", "It is no longer used"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SENT, State.DROPPED),
    State.SENT: (State.RECEIVED, State.PASSED_ON, State.REFUSED, State.RECALLED),
    State.RECEIVED: (State.PASSED_ON, State.REFUSED, State.RECALLED),
    State.PASSED_ON: (State.RECALLED,),
    State.REFUSED: (),
    State.DROPPED: (),
    State.RECALLED: (),
}
#: to whom something can be told here: the programme hears of it by way of the police alone
RECIPIENTS = (Whom.POLICE, Whom.PROGRAMME)
#: what can be told here; ways to reach a client never are
TOLD = (What.INCIDENTS, What.EFFECT, What.PLAN)
