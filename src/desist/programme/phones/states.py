"""The coded parts of a person's phone."""

from django.db.models import TextChoices


class Use(TextChoices):
    """Whether a person works with a phone between sessions, or on paper."""

    PHONE = "phone", "On their own phone"
    ORDER = "order", "On paper: an order bans devices, or this use of them"
    SHARED = "shared", "On paper: others use their phone too"
    PAPER = "paper", "On paper: they want it so, or have no phone"


class Kind(TextChoices):
    """What a person sends from their phone."""

    CANNOT_COME = "cannot_come", "Cannot come to a session"
    NOTICE = "notice", "Asks for the information notice"
    COMPLAINT = "complaint", "Complains"
    RECORD = "record", "Asks for a copy of their record"
    WITHDRAW = "withdraw", "No longer wants to take part"
    HOMEWORK = "homework", "Did the homework"


#: what ends without an answer: it is talked about in the session
WITHOUT_ANSWER = frozenset({Kind.HOMEWORK})
