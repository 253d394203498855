"""Secret addresses of calendars; the table keeps their digests alone."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.references import reference


@pghistory.track()
class Feed(models.Model):
    """The secret address of one calendar. It shows what the zone puts into the owner's calendar until it is revoked."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account whose calendar it is")
    digest = models.CharField(
        max_length=64,
        unique=True,
        db_comment="SHA-256 of the secret address (256 random bits); the address itself is not kept",
    )
    made_at = models.DateTimeField(db_comment="When it was made")
    revoked_at = models.DateTimeField(
        null=True, db_comment="When it was revoked; since then it answers like an address that never existed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(revoked_at=None), name="one_calendar_address_at_a_time"
            ),
        ]
