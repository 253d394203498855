"""The states of the offer of a client to another advocate, and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of an offer. TRANSITIONS says which state may follow which."""

    ASKED = "asked", "Offered, not answered yet"
    ACCEPTED = "accepted", "Taken over"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed without an answer"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.LAPSED),
    State.ACCEPTED: (),
    State.REFUSED: (),
    State.WITHDRAWN: (),
    State.LAPSED: (),
}
