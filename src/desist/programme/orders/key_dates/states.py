"""The kinds of days that lie ahead of a person."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What the day is, coded."""

    COURT = "court", "Court date"
    ANNIVERSARY = "anniversary", "Anniversary"
    ORDER_ENDS = "order_ends", "An order ends"
    RELEASE = "release", "Release"
    OTHER = "other", "Another date"


#: what comes back every year
YEARLY = frozenset({Kind.ANNIVERSARY})
