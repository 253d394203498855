"""The states of a side, how the police learned of it, and what its history tells."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a side. TRANSITIONS says which state may follow which."""

    ASKED = "asked", "Waiting for our answer"
    STANDS = "stands", "Linked"
    DECLINED = "declined", "Declined"
    ALONE = "alone", "Reported an incident, made no request"
    ENDED = "ended", "Ended by the client"


class How(TextChoices):
    """How the police learned of a side."""

    POLICE = "police", "The police referred the victim"
    REPORT = "report", "The advocacy service reported an incident, as its client chose"
    REQUEST = "request", "The advocacy service asked, as its client chose"


class Consent(TextChoices):
    """The client's consent on which a service without software asked."""

    SIGNED = "signed", "Signed by the client, and kept by the service"
    SPOKEN = "spoken", "Said by the client, and written down by the service"


@dataclass(frozen=True)
class Said:
    """Who at a service without software said something, and when; for a request, the consent behind it."""

    told_by: str
    told_at: datetime
    consent: str = ""
    consented_on: date | None = None


class Happened(TextChoices):
    """The events in the history of pairs."""

    REPORTED = "reported", "Incident reported"
    REFERRED = "referred", "Victim referred"
    ASKED = "asked", "Link asked for"
    JOINED = "joined", "Joined"
    KEPT = "kept", "Kept for orders only"
    DECLINED = "declined", "Declined"
    PARTED = "parted", "Unlinked"
    ENDED = "ended", "Ended by the client"
    MERGED = "merged", "Merged: the same person"
    SPLIT = "split", "Split off: another person"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.STANDS, State.DECLINED, State.ENDED),
    State.STANDS: (State.ENDED,),
    State.DECLINED: (State.STANDS, State.ASKED, State.ENDED),
    State.ALONE: (State.STANDS, State.ASKED, State.ENDED),
    State.ENDED: (State.ASKED,),
}
