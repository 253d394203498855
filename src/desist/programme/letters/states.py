"""The kinds of letter, and the ways in which one goes out."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The letter."""

    INVITATION = "invitation", "Invitation"
    APPOINTMENT = "appointment", "Appointment"
    MISSED = "missed", "Missed you"
    ENDING = "ending", "Ending"
    REFERRER = "referrer", "To the referrer"


class Way(TextChoices):
    """How a letter went out."""

    POST = "post", "By post"
    HANDED = "handed", "Handed over"
    EMAIL = "email", "Attached to an e-mail"


class State(TextChoices):
    """The state of a letter. TRANSITIONS says which state may follow which."""

    WRITTEN = "written", "Written, not sent"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not sent"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.WRITTEN: (State.SENT, State.DROPPED),
    State.SENT: (),
    State.DROPPED: (),
}
