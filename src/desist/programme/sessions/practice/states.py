"""What a person says of a skill that they tried."""

from django.db.models import TextChoices


class Helped(TextChoices):
    """Whether it helped, as the person says."""

    YES = "yes", "It helped"
    LITTLE = "little", "It helped a little"
    NO = "no", "It did not help"
    WORSE = "worse", "It made it worse"
