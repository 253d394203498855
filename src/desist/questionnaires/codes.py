"""The sources of a questionnaire's answers."""

from django.db.models import TextChoices


class Source(TextChoices):
    """The source of the answers."""

    SCREEN = "screen", "Answered from the wording on this page"
    PAPER = "paper", "Entered from the paper form, answer by answer"
    TOTAL = "total", "Only the total entered from the paper form"
