"""The states of a request to take over a person or a meeting."""

from django.db.models import TextChoices


class Answer(TextChoices):
    """How far a request has come; an asked one may be accepted, refused or withdrawn, once."""

    ASKED = "asked", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
