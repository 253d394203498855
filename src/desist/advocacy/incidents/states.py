"""The codes of an incident. Acts are the list of s.2A(3), in desist.codes; the codes in a breach pack
are in desist.incident_codes.
"""

from django.db.models import TextChoices

from desist.incident_codes import Channel, Evidence, Mark, Place, Through

__all__ = ["Channel", "Evidence", "Mark", "Place", "Through", "Told"]


class Told(TextChoices):
    """The place to which the incident was reported."""

    POLICE = "police", "The police"
    WORK = "work", "Work or school"
    PLATFORM = "platform", "The platform or telephone company"
    SOMEBODY = "somebody", "Someone they trust"
    NOBODY = "nobody", "Nobody yet"
