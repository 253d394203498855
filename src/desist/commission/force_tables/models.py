"""Published tables: one that was wrong is removed and stays readable."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.commission.force_tables.states import Counts
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class ForceTable(models.Model):
    """One published table: its first column names police areas, each other column is a period."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    counts = models.CharField(
        max_length=20, choices=Counts.choices, db_comment="What the table counts, coded"
    )
    source = models.CharField(max_length=200, db_comment="Who published it, and where")
    table = models.TextField(db_comment="The table as it was pasted, its cells parted by commas")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    entered_by = models.CharField(max_length=40, db_comment="Account that pasted it")
    entered_at = models.DateTimeField(db_comment="When it was pasted")
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that removed it")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="")
                | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
                name="a_removed_table_says_by_whom",
            ),
        ]
