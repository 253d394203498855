"""The standing of a client's order, and the answers to the police's question whether words may be said."""

from django.db.models import TextChoices


class Standing(TextChoices):
    """The standing of an order, as the police last told it."""

    MADE = "made", "Made, not served yet"
    SERVED = "served", "Served, in force"
    ENDED = "ended", "Ended"


class Kind(TextChoices):
    """Full or interim."""

    FULL = "full", "Stalking Protection Order"
    INTERIM = "interim", "Interim Stalking Protection Order"


class Answer(TextChoices):
    """The answer. TRANSITIONS says which may follow which. The police learn the coded answer and nothing else."""

    CLEARED = "cleared", "Cleared: the words can be said"
    REFUSED = "refused", "Refused: the words lead to your client"


#: the advocate can put an answer right: the later answer holds
TRANSITIONS: dict[str, tuple[Answer, ...]] = {
    "": (Answer.CLEARED, Answer.REFUSED),
    Answer.CLEARED: (Answer.REFUSED,),
    Answer.REFUSED: (Answer.CLEARED,),
}
