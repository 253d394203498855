"""Why a finished record was put right, coded so that it can be counted; the words stand beside it."""

from django.db.models import TextChoices


class Reason(TextChoices):
    """What was wrong with the record, or came to light."""

    WRONG_ANSWER = "wrong_answer", "The wrong answer was chosen"
    WRONG_WHOSE = "wrong_whose", "The wrong person was recorded as responsible for the absence or lateness"
    WRONG_RECORD = "wrong_record", "It was about another person or another session"
    LATER = "later", "It came to light later"
    ASKED = "asked", "The person asked for it to be corrected"
    OTHER = "other", "Another reason, given below"
