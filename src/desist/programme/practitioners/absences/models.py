"""When a practitioner is away, and who stands in."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from desist.programme.practitioners.absences.states import Kind
from desist.programme.practitioners.models import Practitioner
from desist.references import reference


@pghistory.track()
class Leave(models.Model):
    """Days on which a practitioner is away; the upper end is the first day back."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="leave")
    days = DateRangeField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    cover = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="covers")
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    removed_by = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
