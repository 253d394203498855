"""The coded lists of decisions to tell a victim who an online stalker is."""

from django.db.models import TextChoices


class Decision(TextChoices):
    """What was decided. Telling the victim needs a safety plan first."""

    TELL = "tell", "Tell the victim"
    LATER = "later", "Not yet: decide again"
    NOT = "not", "Do not tell"


class How(TextChoices):
    """How a person told the victim: never in writing alone."""

    IN_PERSON = "in_person", "In person"
    WITH_ADVOCATE = "with_advocate", "In person, with their advocate"
    BY_TELEPHONE = "by_telephone", "By telephone, on a number that was checked as safe"
