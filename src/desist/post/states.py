"""The codes of the post."""

from django.db.models import TextChoices


class SetAsideReason(TextChoices):
    """Why an envelope is set aside. A code, because nothing that is typed about an envelope may stand in the post."""

    FORGED = "forged", "The partner did not send it"
    TOLD = "told", "The partner told us by telephone what it says"
    AGAIN = "again", "The partner sends it again"
    NEEDLESS = "needless", "It is no longer needed"
