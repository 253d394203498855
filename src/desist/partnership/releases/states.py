"""Where the release of an order's words stands, why they must be said, and what advocacy services answered."""

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    ASKED = "asked", "Waiting for a second person"
    RELEASED = "released", "Released"
    SENT_BACK = "sent_back", "Sent back: not released"
    OVERTAKEN = "overtaken", "Overtaken: asked for again"


class Reason(TextChoices):
    """Why such words may be said. The first three say that the person knows them already."""

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
    """Where the clearance stands, told alike whether or not a client of a service stands behind the crime."""

    NONE = "none", "None needed: the person knows the words, or nothing leads anywhere"
    WAITING = "waiting", "Asked for"
    CLEARED = "cleared", "Cleared"
    REFUSED = "refused", "Refused: write the condition in other words"
    UNANSWERED = "unanswered", "Not answered in time"


#: what the person knows already needs nobody's clearance
KNOWN = frozenset({Reason.SERVED, Reason.IN_COURT, Reason.OWN})
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.RELEASED, State.SENT_BACK, State.OVERTAKEN),
    State.RELEASED: (),
    State.SENT_BACK: (),
    State.OVERTAKEN: (),
}
