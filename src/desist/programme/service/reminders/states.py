"""The codes of reminders: by which way they go, in which words, and what became of each."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """The ways a reminder can go."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


class Words(TextChoices):
    """The words that the person agreed to. Both say nothing of the service, the place or the time."""

    CALENDAR = "calendar", "“Please look at your calendar.”"
    APPOINTMENT = "appointment", "“You have an appointment tomorrow.”"


class State(TextChoices):
    """What became of a reminder."""

    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent: it was not taken"
    WAITING = "waiting", "Not taken yet: it is tried again until 6pm"
    DROPPED = "dropped", "Not sent: it was too late, or no longer right"


#: why nothing was or will be sent: the person has to be told in another way
UNSENT = frozenset({State.FAILED, State.DROPPED})
