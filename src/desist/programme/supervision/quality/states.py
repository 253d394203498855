"""What a rating can say of one item."""

from django.db.models import TextChoices


class Answer(TextChoices):
    """The rating of an item. An item that did not arise counts for nothing."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_HERE = "not_here", "Did not apply"
