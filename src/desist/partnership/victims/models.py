"""Records of victims' referrals to an advocacy service: when, on which agreement, with which ways to reach them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.partnership.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class VictimReferral(models.Model):
    """A victim who was referred to an advocacy service. The name is not kept: it crossed, sealed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    advocacy = models.CharField(max_length=60, db_comment="Advocacy service that it went to")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that service alone; never shown"
    )
    referral = models.ForeignKey(
        Referral,
        null=True,
        on_delete=models.PROTECT,
        related_name="victim_referrals",
        db_comment="Referral of the person who stalks the victim, where there is one",
    )
    crime_reference = models.CharField(max_length=60, db_comment="The force's own reference")
    shared = ArrayField(
        models.CharField(max_length=10),
        default=list,
        db_comment="Kinds of locator that were sent, not the locators themselves",
    )
    agreed_on = models.DateField(db_comment="Day on which the victim agreed")
    sent_by = models.CharField(max_length=40, db_comment="Account that sent it")
    sent_at = models.DateTimeField(db_comment="When it was sent")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["area", "sent_at"], name="victim_referrals_of_an_area")]
