"""That a victim was referred to an advocacy service: when, on which agreement, with which ways to reach them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.partnership.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class VictimReferral(models.Model):
    """Who it was about is not kept: it crossed, sealed, and the advocacy service has it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    advocacy = models.CharField(max_length=60)  # the partner it went to
    thread = models.CharField(max_length=40, unique=True)
    referral = models.ForeignKey(
        Referral, null=True, on_delete=models.PROTECT, related_name="victim_referrals"
    )  # of the person who stalks them
    crime_reference = models.CharField(max_length=60)
    shared = ArrayField(models.CharField(max_length=10), default=list)  # which ways to reach them were sent
    agreed_on = models.DateField()
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["area", "sent_at"], name="victim_referrals_of_an_area")]
