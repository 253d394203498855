"""A referral that is typed in here, because it came by letter, telephone or through the door."""

import pghistory
from django.db import models

from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Draft(models.Model):
    """What is typed so far; once it is complete it becomes a referral and changes no more."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    partner = models.CharField(max_length=60, blank=True)  # who is told; empty: nobody
    answers = models.JSONField(default=dict)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    submission = models.CharField(max_length=64, null=True, unique=True)  # of the form that began it
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        app_label = "programme"
        indexes = [
            models.Index(fields=["area", "started_at"], condition=models.Q(referral=None), name="drafts_open")
        ]
