"""The ways to contact a client, and how an attempt can end."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """A way to reach a client."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    MEETING = "meeting", "Meet in person"


class Outcome(TextChoices):
    """How an attempt ended."""

    REACHED = "reached", "Reached them"
    NO_ANSWER = "no_answer", "No answer"
    SOMEONE_ELSE = "someone_else", "Someone else answered"
    CODE_WORD = "code_word", "They said the code word: it is not safe"
    NOT_SAFE = "not_safe", "It was not safe to continue"
    WRONG = "wrong", "The number or address is wrong"


class MessageState(TextChoices):
    """The state of a neutral message. TRANSITIONS says which state may follow which."""

    QUEUED = "queued", "Waiting for a safe time"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped, not sent"


class StopReason(TextChoices):
    """Why a message was not sent."""

    NOT_SAFE = "not_safe", "Contact was marked as not safe"
    ENDED = "ended", "They no longer use the address"
    NO_CONSENT = "no_consent", "They withdrew their consent to be contacted"
    NO_TIME = "no_time", "No safe time for e-mail is left"
    CLOSED = "closed", "The case was closed"
    FAILED = "failed", "It could not be sent"


#: outcomes after which nothing is sent until an advocate marks contact as safe again
DANGEROUS = frozenset({Outcome.CODE_WORD, Outcome.NOT_SAFE})
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: state -> the states that may follow
TRANSITIONS: dict[MessageState, tuple[MessageState, ...]] = {
    MessageState.QUEUED: (MessageState.SENT, MessageState.STOPPED),
    MessageState.SENT: (),
    MessageState.STOPPED: (),
}
