"""The noted days that lie ahead of a person."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates.states import Kind
from desist.references import reference


@pghistory.track()
class DayAhead(models.Model):
    """A key date of a person, with at most a line of words; removed from the list, never deleted."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="days_ahead", db_comment="Episode of the person"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, db_comment="Kind of day, coded")
    day = models.DateField(
        db_comment="The day; of an anniversary the first one known: it comes back each year"
    )
    words = models.CharField(max_length=120, blank=True, db_comment="What it is about, a line without names")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    changed_by = models.CharField(max_length=40, blank=True, db_comment="Account that changed it last")
    changed_at = models.DateTimeField(null=True, db_comment="When it was changed last")
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off the list")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="a_removed_day_ahead_says_by_whom",
            ),
        ]
