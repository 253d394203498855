"""When a person cannot come."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.programme.calendar.busy.states import Kind, Weekday
from desist.programme.episodes.models import Episode
from desist.references import reference


@pghistory.track()
class BusyTime(models.Model):
    """Hours of a weekday, or of one day, in which no session is planned; ended, never overwritten."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="busy_times")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    weekday = models.CharField(max_length=1, choices=Weekday.choices)
    starts = models.TimeField()
    ends = models.TimeField()  # midnight: the end of the day
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    submission = models.CharField(max_length=64, unique=True)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    removed_by = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) | Q(ends="00:00"), name="a_busy_time_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(first_on=None) | Q(last_on=None) | Q(last_on__gte=F("first_on")),
                name="a_busy_time_has_its_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="a_removed_busy_time_says_by_whom",
            ),
        ]
