"""When a practitioner is away, and who stands in."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, Retention
from desist.programme.practitioners.absences.states import Kind
from desist.programme.practitioners.models import Practitioner
from desist.references import reference


@pghistory.track()
class Leave(models.Model):
    """Days on which a practitioner is away; the upper end is the first day back."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="leave", db_comment="Practitioner who is away"
    )
    days = DateRangeField(db_comment="First day away, and first day back")
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="What kind of leave, coded and coarse"
    )
    cover = models.ForeignKey(
        Practitioner,
        null=True,
        on_delete=models.PROTECT,
        related_name="covers",
        db_comment="Practitioner who covers",
    )
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that removed it")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="leave_is_noted_once",
                expressions=[("practitioner", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("practitioner")), name="nobody_covers_for_themselves"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="removed_leave_says_by_whom",
            ),
        ]
