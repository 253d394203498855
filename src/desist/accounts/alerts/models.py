"""What an account did that the data protection officer and one other person must look into."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.accounts.alerts.states import Kind, Outcome
from desist.references import reference


@pghistory.track()
class AccountAlert(models.Model):
    """One kind of unusual use by one account on one day, with how often. It goes to everybody but that account."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    account = models.CharField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    last_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "accounts"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "day"],
                condition=Q(closed_at=None),
                name="one_open_account_alert_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", outcome="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(outcome="")),
                name="a_closed_account_alert_says_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(closed_by=F("account")), name="nobody_closes_an_alert_about_themselves"
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(closed_at=None), name="account_alerts_open")
        ]
