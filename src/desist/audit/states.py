"""The purposes for which the audit may be used."""

from django.db.models import TextChoices


class Purpose(TextChoices):
    """The four purposes of the Data Protection Act 2018, section 62(4), and no other. The value is in the event."""

    LAWFULNESS = "lawfulness", "To check that what was done was lawful"
    MONITORING = "monitoring", "To monitor ourselves, also for disciplinary proceedings"
    SECURITY = "security", "To keep personal data whole and secure"
    CRIMINAL = "criminal", "For criminal proceedings"
