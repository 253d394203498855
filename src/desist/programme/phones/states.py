"""The coded parts of a person's phone."""

from django.db.models import TextChoices


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
