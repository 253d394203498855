"""The states of the offer of a person to another service, what may follow what, and how the person agreed."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of an offer. TRANSITIONS says which state may follow which."""

    OFFERED = "offered", "Offered, not answered yet"
    ACCEPTED = "accepted", "Taken over"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed without an answer"


#: state -> the states that may follow; an acceptance that was on its way counts all the same
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OFFERED: (State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.LAPSED),
    State.ACCEPTED: (),
    State.REFUSED: (),
    State.WITHDRAWN: (State.ACCEPTED,),
    State.LAPSED: (State.ACCEPTED,),
}


class How(TextChoices):
    """How the person agreed that the record goes to another service."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By telephone"
    WRITING = "writing", "In writing"
