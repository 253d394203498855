"""Why a practitioner is away, as coarse as planning needs it."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """Nothing about health is asked beyond the word."""

    ANNUAL = "annual", "Annual leave"
    SICK = "sick", "Sick leave"
    TRAINING = "training", "Training"
    OTHER = "other", "Other leave"
