"""The codes of what clients send by themselves, and the state that may follow each."""

from django.db.models import TextChoices

#: the purpose of the key by which codes of links are kept
CODES = "submission codes"


class State(TextChoices):
    """How far a file has come that a client sent. TRANSITIONS says which state may follow which."""

    ARRIVING = "arriving", "Still arriving"
    WAITING = "waiting", "From the client, not looked at yet"
    ACCEPTED = "accepted", "Accepted, being taken over"
    KEPT = "kept", "Accepted"
    ASIDE = "aside", "Set aside"
    GONE = "gone", "Did not arrive whole, and was removed"
    ERASED = "erased", "Erased"


class Kind(TextChoices):
    """What was sent."""

    FILE = "file", "A file"
    WORDS = "words", "Words"


class Length(TextChoices):
    """How long a link can be used."""

    HOUR = "1", "1 hour"
    HOURS = "4", "4 hours"
    DAY = "24", "1 day"
    DAYS = "48", "2 days"
    LONGEST = "72", "3 days"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ARRIVING: (State.WAITING, State.GONE, State.ERASED),
    State.WAITING: (State.ACCEPTED, State.ASIDE, State.ERASED),
    State.ACCEPTED: (State.KEPT, State.ERASED),
    State.KEPT: (),
    State.ASIDE: (State.ACCEPTED, State.ERASED),
    State.GONE: (),
    State.ERASED: (),
}
#: what an advocate decides about
TO_DECIDE = (State.WAITING, State.ASIDE)
#: what has bytes here
HERE = (State.ARRIVING, State.WAITING, State.ACCEPTED, State.ASIDE)
