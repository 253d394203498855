"""What waits to be passed on: written for every referral alike, before anybody looks who stands behind it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.partnership.referrals.models import Referral
from desist.partnership.switchboard.states import What
from desist.references import reference


class Onward(models.Model):
    """One thing that whoever stands behind a referral is told; nobody may stand there."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="onward")
    what = models.CharField(max_length=12, choices=What.choices)
    reason = models.CharField(max_length=20, blank=True)  # of an alert
    on = models.DateField()
    quiet_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    #: sides whose service is no longer written to
    undelivered = ArrayField(models.CharField(max_length=12), default=list)

    class Meta:
        app_label = "partnership"
        indexes = [
            models.Index(fields=["written_at"], condition=Q(done_at=None), name="onward_waiting"),
        ]
