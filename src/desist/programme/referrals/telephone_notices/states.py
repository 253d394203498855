"""The outcomes of a withdrawal that was typed in."""

from django.db.models import TextChoices


class Settled(TextChoices):
    """A second colleague confirms it; any colleague may say that it was a mistake."""

    CONFIRMED = "confirmed", "The referrer withdrew it"
    MISTAKE = "mistake", "It was entered by mistake: the referrer did not withdraw it"
