"""The codes of a disclosure: a code crosses, each side has the words. No code names the source of the information."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """The purpose of a disclosure."""

    SAFETY = "safety", "To keep someone safe"
    SESSIONS = "sessions", "To plan sessions and manage risk"
    ORDER = "order", "To keep or enforce an order"
    PLACE = "place", "To decide about the person’s place on the programme"


class Nature(TextChoices):
    """The nature of the words (Data Protection Act 2018, s.38(2))."""

    FACT = "fact", "Fact"
    ASSESSMENT = "assessment", "Assessment: someone’s judgement"


class Basis(TextChoices):
    """The footing of a disclosure."""

    AGREEMENT = "agreement", "A sharing agreement"
    EMERGENCY = "emergency", "Emergency: someone’s life or safety is at stake now"
    COURT = "court", "Order of a court"


class Refusal(TextChoices):
    """The reason for disclosing no information. Each reads alike whether or not there is any information."""

    NOTHING = "nothing", "There is nothing to share"
    NOT_JUSTIFIED = "not_justified", "The reason given does not justify it"
    UNCLEAR = "unclear", "The question is not clear: ask again"


class Recall(TextChoices):
    """The reason for a recall. No code names the side that asked for it."""

    WRONG = "wrong", "It was wrong"
    STOP = "stop", "It must no longer be used"
