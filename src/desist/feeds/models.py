"""The secret addresses of calendars, of which only the digest is kept."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.references import reference


@pghistory.track()
class Feed(models.Model):
    """One address. Whoever has it reads what the zone puts into its owner's calendar, until it is revoked."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    account = models.CharField(max_length=40)
    digest = models.CharField(
        max_length=64, unique=True
    )  # of the token: SHA-256, since the token is 256 random bits
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "feeds"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(revoked_at=None), name="one_calendar_address_at_a_time"
            ),
        ]
