"""The codes of an incident. Acts are the list of s.2A(3), in desist.codes; the codes in a breach pack
are in desist.incident_codes.
"""

from django.db.models import TextChoices

from desist.incident_codes import Channel, Evidence, Mark, Place, Through

__all__ = ["Channel", "Counted", "Evidence", "Heard", "Mark", "Place", "Through", "Told"]


class Counted(TextChoices):
    """How sure the client is of the number of times."""

    EXACT = "exact", "They counted"
    ABOUT = "about", "An estimate"
    LEAST = "least", "At least this many"


class Heard(TextChoices):
    """How the client told it to the service."""

    IN_PERSON = "in_person", "In person"
    CALL = "call", "By telephone"
    TEXT = "text", "By text or chat message"
    WRITTEN = "written", "In their own notes, letter or e-mail"
    OTHER = "other", "Someone else told it for them"


class Told(TextChoices):
    """The place to which the incident was reported."""

    POLICE = "police", "The police"
    WORK = "work", "Work or school"
    PLATFORM = "platform", "The platform or telephone company"
    SOMEBODY = "somebody", "Someone they trust"
    NOBODY = "nobody", "Nobody yet"
