"""What becomes of a form that a referrer without an account sent, coded."""

from django.db.models import TextChoices


class Way(TextChoices):
    """How the referrer wants the answer."""

    PHONE = "phone", "By telephone"
    LETTER = "letter", "By letter"
    EMAIL = "email", "By e-mail"


class Turned(TextChoices):
    """Why a form is not taken in as a referral."""

    NOT_OURS = "not_ours", "Another service is the right one"
    TOO_LITTLE = "too_little", "It says too little, and the sender could not be reached"
    NOT_MEANT = "not_meant", "It was not meant as a referral"


class Answered(TextChoices):
    """How the referrer got the answer."""

    PHONE = "phone", "Told by telephone"
    LETTER = "letter", "Letter posted"
    EMAIL = "email", "Asked by e-mail to ring"
    NONE = "none", "No answer is owed"
