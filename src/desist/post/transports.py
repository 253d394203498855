"""The ways to reach a partner."""

from django.db.models import TextChoices


class Transport(TextChoices):
    """A way to reach a partner."""

    COURIER = "courier", "By the courier, within seconds"
    FILE = "file", "As files that someone carries"
    BY_HAND = "by_hand", "By hand: staff telephone"
