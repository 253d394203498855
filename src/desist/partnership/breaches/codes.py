"""The coded lists of breaches."""

from django.db.models import TextChoices


class Source(TextChoices):
    """By which way it came to notice."""

    PROTECTED = "protected", "The protected person, or somebody for them"
    OFFICER = "officer", "An officer"
    PROGRAMME = "programme", "The programme’s attendance certificate"
    PARTNER = "partner", "A partner agency"
    PUBLIC = "public", "A member of the public"
    MONITORING = "monitoring", "Device checks or monitoring"


class Decision(TextChoices):
    """What the police decided."""

    ARREST = "arrest", "Arrest"
    CHARGE = "charge", "Charge or summons"
    INVESTIGATE = "investigate", "Investigation continues, named officer"
    WARNING = "warning", "Words of advice"
    EXCUSE = "excuse", "Reasonable excuse accepted"
    NO_BREACH = "no_breach", "No breach on inquiry"
    NO_ACTION = "no_action", "No further action"
