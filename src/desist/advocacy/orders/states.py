"""What the police told of a client's order, and what is answered when they ask whether words may be said."""

from django.db.models import TextChoices


class Standing(TextChoices):
    """How an order stands, as the police told it last."""

    MADE = "made", "Made, not served yet"
    SERVED = "served", "Served, in force"
    ENDED = "ended", "Ended"


class Kind(TextChoices):
    """Full or interim."""

    FULL = "full", "Stalking Protection Order"
    INTERIM = "interim", "Interim Stalking Protection Order"


class Answer(TextChoices):
    """TRANSITIONS says what may follow what. The police learn the word and nothing else."""

    CLEARED = "cleared", "Cleared: the words can be said"
    REFUSED = "refused", "Refused: the words lead to your client"


#: an answer can be put right: the later word holds
TRANSITIONS: dict[str, tuple[Answer, ...]] = {
    "": (Answer.CLEARED, Answer.REFUSED),
    Answer.CLEARED: (Answer.REFUSED,),
    Answer.REFUSED: (Answer.CLEARED,),
}
