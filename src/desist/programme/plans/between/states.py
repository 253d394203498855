"""How a person works between the sessions."""

from django.db.models import TextChoices


class Edition(TextChoices):
    """How the sheets of a person are made."""

    STANDARD = "standard", "Standard print"
    LARGE = "large", "Large print"
    EASY = "easy", "Easy read"
    WELSH = "welsh", "Welsh"


class Because(TextChoices):
    """Why a person works on paper alone."""

    ORDER = "order", "An order bans or limits phones or computers"
    NO_PHONE = "no_phone", "No phone of their own, or one that others use"
    WISH = "wish", "They prefer paper"
