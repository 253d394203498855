"""The codes of a paper."""

from django.db.models import TextChoices

from desist.advocacy.safety.states import Whom


class Kind(TextChoices):
    """The kind of paper. The first leaves the service; the others are for the client."""

    LOG = "log", "The log"
    PLAN = "plan", "Safety plan"
    RING = "ring", "Who to ring"
    LEAFLET = "leaflet", "What to keep and write down"


#: the papers for the client
THEIRS = tuple(pair for pair in Kind.choices if pair[0] != Kind.LOG)


class Purpose(TextChoices):
    """The purpose of a paper."""

    STATEMENT = "statement", "A statement to the police"
    APPLICATION = "application", "An application to a court"
    OWN = "own", "For the client to keep"


#: purpose -> who reads the paper, as the client's choices name them
READERS = {Purpose.STATEMENT: Whom.POLICE, Purpose.APPLICATION: Whom.COURT}


class Format(TextChoices):
    """The format of a file."""

    PDF = "pdf", "To print (PDF)"
    HTML = "html", "One page for a browser (HTML)"
    CSV = "csv", "A table for a spreadsheet (CSV)"


class Part(TextChoices):
    """The part of the log that can be left out."""

    EFFECT = "effect", "The effect on them"
    WITNESSES = "witnesses", "The witnesses"
    KEPT = "kept", "What is kept, and where"
    TOLD = "told", "Who it was reported to"
    ADDITIONS = "additions", "What was added later"
