"""The states of a release, its reasons, and the answers of advocacy services."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a release. TRANSITIONS says which state may follow which."""

    ASKED = "asked", "Waiting for a second person"
    RELEASED = "released", "Released"
    SENT_BACK = "sent_back", "Sent back: not released"
    OVERTAKEN = "overtaken", "Overtaken: asked for again"


class Reason(TextChoices):
    """Why such words may be said. Under the first three the person knows them already."""

    SERVED = "served", "The person was served with these words before"
    IN_COURT = "in_court", "The court said these words to the person"
    OWN = "own", "It is the person’s own home, work, school or family"
    NEEDED = "needed", "The person cannot keep the condition without them"
    HARMLESS = "harmless", "Nothing in them leads to the protected person"


class Answer(TextChoices):
    """What an advocacy service answered."""

    CLEARED = "cleared", "Cleared"
    REFUSED = "refused", "Refused"


class Clearing(TextChoices):
    """The state of the clearance. It reads alike whether or not a client of a service stands behind the crime."""

    NONE = "none", "None needed: the person knows the words, or nothing leads anywhere"
    WAITING = "waiting", "Asked for"
    CLEARED = "cleared", "Cleared"
    REFUSED = "refused", "Refused: write the condition in other words"
    UNANSWERED = "unanswered", "Not answered in time"


#: the reasons that need no clearance, since the person knows the words already
KNOWN = frozenset({Reason.SERVED, Reason.IN_COURT, Reason.OWN})
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.RELEASED, State.SENT_BACK, State.OVERTAKEN),
    State.RELEASED: (),
    State.SENT_BACK: (),
    State.OVERTAKEN: (),
}
