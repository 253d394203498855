"""The states of an agreement to take part, what may follow what, the coded reasons, and what follows a withdrawal."""

from dataclasses import dataclass

from django.db.models import TextChoices


class State(TextChoices):
    """How far an agreement is. TRANSITIONS says which state may follow which."""

    NOT_ASKED = "not_asked", "Not asked yet"
    AGREED = "agreed", "Agreed to take part"
    REQUIRED = "required", "Takes part as required"
    REFUSED = "refused", "Does not agree"
    WITHDRAWN = "withdrawn", "Withdrew"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.NOT_ASKED: (State.AGREED, State.REQUIRED, State.REFUSED),
    State.AGREED: (State.REQUIRED, State.WITHDRAWN),
    State.REQUIRED: (State.AGREED, State.WITHDRAWN),
    State.REFUSED: (State.AGREED, State.REQUIRED),
    State.WITHDRAWN: (State.AGREED, State.REQUIRED),
}
TAKES_PART = frozenset({State.AGREED, State.REQUIRED})


def stopped(state: State, requirement: str) -> bool:
    """Return whether a person refused or withdrew, and no requirement with its own basis binds them."""
    return state in {State.REFUSED, State.WITHDRAWN} and not requirement


class How(TextChoices):
    """How a notice was given."""

    PAPER = "paper", "On paper, handed over"
    POST = "post", "On paper, by post"
    READ_OUT = "read_out", "Read out and talked through"
    LARGE_PRINT = "large_print", "In large print"
    INTERPRETED = "interpreted", "Through an interpreter"


class Given(TextChoices):
    """How the answer was given."""

    SIGNED = "signed", "Signed on paper, kept on the file"
    SPOKEN = "spoken", "Told me in person"
    ORDER = "order", "Read in the order, licence or sentence"


class WithdrawalReason(TextChoices):
    """Why the person withdraws, coded so that it can be counted; what the person says of it goes into the note."""

    NO_REASON = "no_reason", "Gave no reason"
    LEGAL_ADVICE = "legal_advice", "On legal advice"
    NOT_HELPING = "not_helping", "Says it is not helping"
    PRACTICAL = "practical", "Work, travel, health or caring"
    UNHAPPY = "unhappy", "Unhappy with us"
    MOVED = "moved", "Is moving away"
    OTHER = "other", "Another reason, given in the note"


class FollowUp(TextChoices):
    """The tasks after a withdrawal, each for a colleague to do."""

    TELL = "tell", "Ring the referrer: the person withdrew, from when, and who is now reviewing risk"
    REQUIREMENT = (
        "requirement",
        "Tell the person who supervises the requirement that it is no longer being met",
    )
    SESSIONS = "sessions", "Decide about the sessions that are still planned"
    SUPERVISION = "supervision", "Talk it through in supervision: what does the withdrawal say about risk?"
    SUPPORT = "support", "Tell partner agencies that their support depended on taking part"
    WRITE = "write", "Write to the person: what is kept, for how long, and how to come back"


@dataclass(frozen=True)
class Follows:
    """A follow-up: due in how many working days, and whether only under a requirement."""

    kind: FollowUp
    days: int
    required_only: bool = False


#: what follows a withdrawal, alike for every person
FOLLOWS: tuple[Follows, ...] = (
    Follows(FollowUp.TELL, 0),
    Follows(FollowUp.REQUIREMENT, 1, required_only=True),
    Follows(FollowUp.SESSIONS, 2),
    Follows(FollowUp.SUPPORT, 2),
    Follows(FollowUp.SUPERVISION, 5),
    Follows(FollowUp.WRITE, 10),
)
