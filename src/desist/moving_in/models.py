"""A caseload that moves in: its tables while they are checked and brought in. Each zone has a table of its own."""

from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.moving_in.states import AT_WORK, HERE, State
from desist.references import reference

#: one import at a time is at work in an area
ALONE = Q(state__in=[one.value for one in AT_WORK])
#: when a trigger deletes the people of an import
TAKEN_BACK = {"old__state__in": [one.value for one in HERE], "new__state": "taken_back"}


class Moving(models.Model):
    """One import of people with everything that belongs to them, whole or not at all."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.CHECKING, db_comment="How far it has come, coded"
    )
    tables = models.BinaryField(
        db_comment="The files, locked with the site's key; empty once they are brought in or dropped"
    )
    problems = models.BinaryField(
        default=b"", db_comment="Every problem by table, row and column, locked with the site's key"
    )
    total = models.PositiveIntegerField(default=0, db_comment="Number of people in the tables")
    done = models.PositiveIntegerField(default=0, db_comment="Number of people read or brought in so far")
    counts = models.JSONField(default=dict, db_comment="Table -> number of rows that were brought in")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    started_by = models.CharField(max_length=40, db_comment="Account that sent the tables")
    started_at = models.DateTimeField(db_comment="When the tables were sent")
    brought_by = models.CharField(max_length=40, blank=True, db_comment="Account that had them brought in")
    brought_at = models.DateTimeField(null=True, db_comment="When they were brought in")
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that took it back or dropped it"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken back or dropped")

    class Meta:
        abstract = True
