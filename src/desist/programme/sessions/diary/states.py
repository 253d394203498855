"""What a day of the diary may say in codes."""

from django.db.models import TextChoices


class Act(TextChoices):
    """What the person did about the urge, the gravest thing of the day."""

    NONE = "none", "No urge to act on"
    RESISTED = "resisted", "An urge, and did not act on it"
    LOOKED = "looked", "Looked the other person up"
    NEAR = "near", "Went near a place of theirs"
    CONTACT = "contact", "Tried to make contact, or made it"
    OTHERS = "others", "Asked others about the other person, or sent someone"


#: acts that are stalking or may break an order
ACTED = frozenset({Act.LOOKED, Act.NEAR, Act.CONTACT, Act.OTHERS})
