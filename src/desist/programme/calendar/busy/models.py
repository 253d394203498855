"""When a person cannot come."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.calendar.busy.states import Kind, Weekday
from desist.programme.episodes.models import Episode
from desist.references import reference


@pghistory.track()
class BusyTime(models.Model):
    """Hours of a weekday, or of one day, in which no session is planned; ended, never overwritten."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="busy_times",
        db_comment="Episode of the person who cannot come",
    )
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="What takes up the time, coded and coarse"
    )
    weekday = models.CharField(
        max_length=1, choices=Weekday.choices, db_comment="Day of the week; 0 is Monday"
    )
    starts = models.TimeField(db_comment="Time at which it starts")
    ends = models.TimeField(db_comment="Time at which it ends; midnight is the end of the day")
    first_on = models.DateField(null=True, db_comment="First day")
    last_on = models.DateField(null=True, db_comment="Last day")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that freed the time again")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
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
