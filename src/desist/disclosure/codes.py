"""The codes of a disclosure: a code crosses, each side has the words. None of them says whom something came from."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """What something is disclosed for."""

    SAFETY = "safety", "To keep somebody safe"
    SESSIONS = "sessions", "To plan sessions and manage risk"
    ORDER = "order", "To keep or enforce an order"
    PLACE = "place", "To decide about the person’s place on the programme"


class Nature(TextChoices):
    """What the words are (Data Protection Act 2018, s.38(2))."""

    FACT = "fact", "Fact"
    ASSESSMENT = "assessment", "Assessment: somebody’s judgement"


class Basis(TextChoices):
    """On what footing something is disclosed."""

    AGREEMENT = "agreement", "A sharing agreement"
    EMERGENCY = "emergency", "Emergency: somebody’s life or safety is at stake now"
    COURT = "court", "Order of a court"


class Refusal(TextChoices):
    """Why nothing is disclosed. Each is said alike whether or not there is anything to disclose."""

    NOTHING = "nothing", "There is nothing to share"
    NOT_JUSTIFIED = "not_justified", "The reason given does not justify it"
    UNCLEAR = "unclear", "The question is not clear: ask again"


class Recall(TextChoices):
    """Why something must not be used any more. No code says who asked for it."""

    WRONG = "wrong", "It was wrong"
    STOP = "stop", "It must no longer be used"
