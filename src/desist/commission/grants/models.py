"""The grants of an area, dated: one that was wrong is removed and stays readable."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class Grant(models.Model):
    """Money for one service, from one day to another."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    service = models.CharField(max_length=40, db_comment="The partner whose service the money is for")
    giver = models.CharField(max_length=80, db_comment="The organisation that gave the money")
    pounds = models.PositiveIntegerField(db_comment="Whole pounds")
    first_day = models.DateField(db_comment="First day that the money is for")
    last_day = models.DateField(db_comment="Last day that the money is for")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    entered_by = models.CharField(max_length=40, db_comment="Account that entered it")
    entered_at = models.DateTimeField(db_comment="When it was entered")
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that removed it")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="a_removed_grant_says_by_whom",
            ),
        ]
