"""The states of a side, how it came to stand behind something, and what its history tells."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices


class State(TextChoices):
    """TRANSITIONS says what may follow what."""

    ASKED = "asked", "Asked for, waiting for the police"
    STANDS = "stands", "Linked"
    DECLINED = "declined", "Declined"
    ALONE = "alone", "Reported an incident, made no request"
    ENDED = "ended", "Ended by the client"


class How(TextChoices):
    """How a side came to be known."""

    POLICE = "police", "The police referred the victim"
    REPORT = "report", "The advocacy service reported an incident, as its client chose"
    REQUEST = "request", "The advocacy service asked, as its client chose"


class Consent(TextChoices):
    """On which consent of its client a service without software asked."""

    SIGNED = "signed", "Signed by the client, and kept by the service"
    SPOKEN = "spoken", "Said by the client, and written down by the service"


@dataclass(frozen=True)
class Said:
    """Who of a service without software said something, and when; of a request, the consent it stands on."""

    told_by: str
    told_at: datetime
    consent: str = ""
    consented_on: date | None = None


class Happened(TextChoices):
    """What the history of pairs tells."""

    REPORTED = "reported", "Incident reported"
    REFERRED = "referred", "Victim referred"
    ASKED = "asked", "Pair asked for"
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
