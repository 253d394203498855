"""Which way an alert goes."""

from django.db.models import TextChoices


class Way(TextChoices):
    """In: somebody here takes it up. Out: somebody at the partner's does, and answers."""

    IN = "in", "To us"
    OUT = "out", "From us"
