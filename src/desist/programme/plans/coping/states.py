"""The parts of a coping plan."""

from django.db.models import TextChoices


class Part(TextChoices):
    """What a line of the plan says."""

    SIGN = "sign", "Early signs"
    STEP = "step", "When …, I will …"
    RING = "ring", "Who I ring"
    HELP = "help", "What helps me"
