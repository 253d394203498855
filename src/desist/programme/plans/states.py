"""The states of a goal and what may follow what; how ready for change a practitioner judges a person to be."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    OPEN = "open", "Being worked on"
    REACHED = "reached", "Reached"
    DROPPED = "dropped", "No longer pursued"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.REACHED, State.DROPPED),
    State.REACHED: (State.OPEN,),
    State.DROPPED: (State.OPEN,),
}


class Ready(TextChoices):
    """How ready for change a person is, as their practitioner judges; nothing is computed from it."""

    NOT_YET = "not_yet", "Sees no need to change"
    UNSURE = "unsure", "In two minds"
    PREPARING = "preparing", "Getting ready to change"
    CHANGING = "changing", "Changing already"


class Motivation(TextChoices):
    """How much a person wants to take part, as their practitioner judges."""

    NONE = "none", "Does not want to take part"
    OUTSIDE = "outside", "Takes part because others want it"
    MIXED = "mixed", "For others and for themselves"
    OWN = "own", "For themselves"
