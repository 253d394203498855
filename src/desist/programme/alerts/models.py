"""Alerts that were sent: each waits for a person on the other side to acknowledge it."""

import pghistory
from django.db import models

from desist import codes
from desist.facts import REF, Retention
from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class SentAlert(models.Model):
    """An alert that went out about a person who was referred: when, why and to which partner, and nothing of what happened.

    Whatever raised it points here: a concern, a withdrawal or a leaving.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="sent_alerts", db_comment="Referral of the person"
    )
    partner = models.CharField(max_length=40, db_comment="Partner organisation that it went to")
    thread = models.CharField(max_length=40, db_comment="Token shared with that site alone; never shown")
    reason = models.CharField(
        max_length=20, choices=codes.AlertReason.choices, db_comment="Coded reason, without content"
    )
    raised_at = models.DateTimeField(db_comment="When it was raised")
    acknowledged_at = models.DateTimeField(
        null=True, db_comment="When a person on the other side acknowledged it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "thread", "raised_at"], name="an_acknowledgement_answers_one_alert"
            ),
        ]
