"""The direction of an alert."""

from django.db.models import TextChoices


class Way(TextChoices):
    """In: this site takes the alert up. Out: the partner takes it up, and answers."""

    IN = "in", "To us"
    OUT = "out", "From us"
