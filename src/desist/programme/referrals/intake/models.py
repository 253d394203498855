"""A referral that is typed in here, because it came by letter, telephone or through the door."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral.forgetting import forgets
from desist.referral.lists import DiscardReason


@pghistory.track()
class Draft(models.Model):
    """What is typed so far; once it is complete it becomes a referral and changes no more.

    One that is discarded keeps who began it and when, and who discarded it, when and why: no word of the person, neither
    here nor in its history.
    """

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    partner = models.CharField(max_length=60, blank=True)  # who is told; empty: nobody
    answers = models.JSONField(default=dict)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    submission = models.CharField(max_length=64, null=True, unique=True)  # of the form that began it
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, null=True, related_name="draft")
    discard_reason = models.CharField(max_length=40, choices=DiscardReason.choices, blank=True)
    discarded_by = models.CharField(max_length=40, blank=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_at=None, discarded_by="", discard_reason="")
                | (
                    Q(discarded_at__isnull=False, referral=None, answers={})
                    & ~Q(discarded_by="")
                    & ~Q(discard_reason="")
                ),
                name="a_discarded_intake_says_nothing",
            )
        ]
        indexes = [
            models.Index(
                fields=["area", "started_at"],
                condition=Q(referral=None, discarded_at=None),
                name="drafts_open",
            )
        ]
        triggers = [
            forgets(
                events="programme_draftevent",
                when=pgtrigger.Q(old__discarded_at__isnull=True, new__discarded_at__isnull=False),
                drafts="discarded_at IS NULL",
                further="referral_id IS NOT NULL",
            )
        ]
