"""The states of a disclosure that a client chose, and which state may follow which."""

from django.db.models import TextChoices

from desist.advocacy.safety.states import What, Whom


class State(TextChoices):
    """The state of a disclosure. TRANSITIONS says which state may follow which."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Sent to the police"
    RECEIVED = "received", "The police have it"
    PASSED_ON = "passed_on", "Passed on to the programme"
    REFUSED = "refused", "Not passed on"
    DROPPED = "dropped", "Not sent"
    RECALLED = "recalled", "Recalled"


class Event(TextChoices):
    """The event that a receipt of the police reports."""

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
#: the recipients of disclosures: the programme gets one through the police alone
RECIPIENTS = (Whom.POLICE, Whom.PROGRAMME)
#: the kinds of fact that can be disclosed; ways to reach a client never can
TOLD = (What.INCIDENTS, What.EFFECT, What.PLAN)
