"""Alerts that reached the switchboard: each must be taken up by a person."""

import pghistory
from django.db import models
from django.db.models import Q

from desist import codes
from desist.partnership.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Alert(models.Model):
    """Contact us now: an enumerated reason and a telephone number, nothing of what happened."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="alerts")
    area = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=codes.AlertReason.choices)
    contact = models.CharField(max_length=120)
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_by = models.CharField(max_length=40, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_by="", acknowledged_at=None)
                | (~Q(acknowledged_by="") & Q(acknowledged_at__isnull=False)),
                name="an_acknowledgement_has_who_and_when",
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(acknowledged_at=None), name="alerts_waiting")]
