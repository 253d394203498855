"""What a rating can say of one item."""

from django.db.models import TextChoices


class Answer(TextChoices):
    """Of an item that did not arise nothing is counted."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_HERE = "not_here", "Did not apply"
