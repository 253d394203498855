"""Administrators' findings about two accounts that look like one person."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, Retention
from desist.references import reference


@pghistory.track()
class ToldApart(models.Model):
    """Two accounts that look like one person are two people: one administrator says so, a second one confirms it."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    one = models.CharField(
        max_length=40,
        db_comment="One of two accounts that look like one person: the one whose reference comes first",
    )
    other = models.CharField(max_length=40, db_comment="The other account")
    reason = models.CharField(
        max_length=300, db_comment="How an administrator knows that they are two people"
    )
    asked_by = models.CharField(max_length=40, db_comment="Administrator who said so")
    asked_at = models.DateTimeField(db_comment="When the administrator said so")
    confirmed_by = models.CharField(
        max_length=40, blank=True, db_comment="Second administrator, who confirmed it"
    )
    confirmed_at = models.DateTimeField(null=True, db_comment="When it was confirmed")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Administrator who took it back")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at=None), name="two_accounts_are_told_apart_once"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="accounts_told_apart_have_an_order"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("one")) & ~Q(asked_by=F("other")),
                name="nobody_tells_themselves_apart",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="")
                | (
                    Q(confirmed_at__isnull=False)
                    & ~Q(confirmed_by__in=["", F("asked_by"), F("one"), F("other")])
                ),
                name="another_administrator_confirms",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="what_was_told_apart_is_ended_by_an_account",
            ),
        ]
