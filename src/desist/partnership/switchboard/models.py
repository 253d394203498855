"""Notices that wait to be passed on: written alike for every referral, before the clock looks for sides behind it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.partnership.referrals.models import Referral
from desist.partnership.switchboard.states import What
from desist.references import reference


class Onward(models.Model):
    """A notice for the services of clients behind a referral; there may be none."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="onward",
        db_comment="Referral that the notice is about",
    )
    what = models.CharField(max_length=12, choices=What.choices, db_comment="Event that is told, coded")
    reason = models.CharField(max_length=20, blank=True, db_comment="Of an alert: its reason, coded")
    on = models.DateField(db_comment="Day on which it happened")
    quiet_until = models.DateTimeField(
        null=True, db_comment="Earliest time at which it may be told; until then the person has not been told"
    )
    written_at = models.DateTimeField(db_comment="When it was written")
    done_at = models.DateTimeField(
        null=True,
        db_comment="When the services of the clients concerned were told, or it was found that there are none",
    )
    undelivered = ArrayField(
        models.CharField(max_length=12),
        default=list,
        db_comment="Sides whose service is no longer written to",
    )

    class Meta:
        indexes = [
            models.Index(fields=["written_at"], condition=Q(done_at=None), name="onward_waiting"),
        ]
