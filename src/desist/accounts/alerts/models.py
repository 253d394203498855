"""Unusual use of an account, which the data protection officer and one other person must look into."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.accounts.alerts.states import Kind, Outcome
from desist.facts import REF, Retention
from desist.references import reference


@pghistory.track()
class AccountAlert(models.Model):
    """One kind of unusual use of one account on one day, counted. Its owner never sees it."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    kind = models.CharField(
        max_length=12, choices=Kind.choices, db_comment="What was unusual: one of a fixed list"
    )
    account = models.CharField(max_length=40, db_comment="Account that it is about")
    day = models.DateField(db_comment="Day on which it was seen")
    count = models.PositiveIntegerField(db_comment="How often it was seen that day")
    raised_at = models.DateTimeField(db_comment="When it was first seen")
    last_at = models.DateTimeField(db_comment="When it was last seen")
    told_at = models.DateTimeField(
        null=True, db_comment="When an e-mail without content went to the people who look into alerts"
    )
    outcome = models.CharField(
        max_length=10,
        choices=Outcome.choices,
        blank=True,
        db_comment="What the person who looked into it found: one of a fixed list",
    )
    note = models.CharField(
        max_length=300, blank=True, db_comment="What was said and agreed, without any case"
    )
    closed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that closed it: never the one that it is about"
    )
    closed_at = models.DateTimeField(null=True, db_comment="When it was closed")

    class Meta:
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
