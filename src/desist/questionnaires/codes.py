"""How the answers of a questionnaire came here."""

from django.db.models import TextChoices


class Source(TextChoices):
    """How the answers came here."""

    SCREEN = "screen", "Answered from the wording on this page"
    PAPER = "paper", "Entered from the paper form, answer by answer"
    TOTAL = "total", "Only the total entered from the paper form"
