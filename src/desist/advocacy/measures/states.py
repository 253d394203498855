"""The point in the support to which a form belongs."""

from django.db.models import TextChoices


class Occasion(TextChoices):
    """The occasion of a form. Change is counted from the start."""

    START = "start", "At the start"
    REVIEW = "review", "At a review"
    CLOSING = "closing", "At the end"
    BETWEEN = "between", "At another time"
