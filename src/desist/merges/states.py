"""The states of a merge, and what may follow what."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a merge. TRANSITIONS says which state may follow which."""

    ASKED = "asked", "Waiting for a second person"
    STANDS = "stands", "One person"
    REFUSED = "refused", "Refused: two people"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SPLIT = "split", "Split again: two people"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.STANDS, State.REFUSED, State.WITHDRAWN),
    State.STANDS: (State.SPLIT,),
    State.REFUSED: (),
    State.WITHDRAWN: (),
    State.SPLIT: (),
}
