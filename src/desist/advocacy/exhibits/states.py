"""The codes of an exhibit."""

from django.db.models import TextChoices


class State(TextChoices):
    """How far an exhibit has come. Once it is being made nothing on it changes any more."""

    OPEN = "open", "Being put together"
    MAKING = "making", "Being made"
    MADE = "made", "Finished"
    LOCKING = "locking", "Being locked anew"
    ENDED = "ended", "Erased"


class Why(TextChoices):
    """The reason for a redaction."""

    WHEREABOUTS = "whereabouts", "Where the client is or can be found"
    OTHERS = "others", "About other people"
    HEALTH = "health", "Health or care"
    LEGAL = "legal", "Advice of a lawyer"
    PRIVATE = "private", "Private, and not about the stalking"


class Unused(TextChoices):
    """The reason why material that is kept is not on an exhibit."""

    ELSEWHERE = "elsewhere", "Not from or about the person who stalks them"
    SAME = "same", "Shows the same as what is on the exhibit"
    PERIOD = "period", "Of another period"
    ANOTHER = "another", "On another exhibit"
    WISH = "wish", "The client does not want it used"
