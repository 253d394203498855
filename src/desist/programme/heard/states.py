"""What can become of a withdrawal that somebody typed in."""

from django.db.models import TextChoices


class Settled(TextChoices):
    """A second person confirms it; anybody may say that it was a mistake."""

    CONFIRMED = "confirmed", "The referrer took it back"
    MISTAKE = "mistake", "It was typed by mistake: the referrer did not take it back"
