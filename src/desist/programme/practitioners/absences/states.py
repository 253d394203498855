"""Why a practitioner is away, as coarse as planning needs it."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Why a practitioner is away. The service asks no more about health than the word."""

    ANNUAL = "annual", "Annual leave"
    SICK = "sick", "Sick leave"
    TRAINING = "training", "Training"
    OTHER = "other", "Other leave"
