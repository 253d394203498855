"""The states of a request that the police let a client hear of orders and the programme."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a request. TRANSITIONS says which state may follow which."""

    ASKED = "asked", "Asked, waiting for the police"
    JOINED = "joined", "Linked: you get updates and alerts"
    DECLINED = "declined", "The police could not match it"
    ENDED = "ended", "Ended, as the client chose"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.JOINED, State.DECLINED, State.ENDED),
    State.JOINED: (State.ENDED,),
    State.DECLINED: (State.ASKED, State.JOINED, State.ENDED),
    State.ENDED: (State.ASKED,),
}
