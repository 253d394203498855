"""What can become of a withdrawal that was typed in."""

from django.db.models import TextChoices


class Settled(TextChoices):
    """A second person confirms it; anybody may say that it was a mistake."""

    CONFIRMED = "confirmed", "The referrer withdrew it"
    MISTAKE = "mistake", "It was entered by mistake: the referrer did not withdraw it"
