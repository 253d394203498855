"""Days that were noted as lying ahead of a person."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates.states import Kind
from desist.references import reference


@pghistory.track()
class DayAhead(models.Model):
    """One day, with at most a line of words; taken off, never deleted."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="days_ahead")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    day = models.DateField()  # of an anniversary the first one known: it comes back every year
    words = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission = models.CharField(max_length=64, unique=True)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="a_removed_day_ahead_says_by_whom",
            ),
        ]
