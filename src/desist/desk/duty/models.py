"""The telephone numbers that are always answered, with their history: a number is ended, never overwritten."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, Retention
from desist.references import reference


@pghistory.track()
class DutyNumber(models.Model):
    """A telephone number that is always answered, from when until when."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    title = models.CharField(max_length=80, db_comment="Person or office that answers the number")
    number = models.CharField(max_length=20, db_comment="Work telephone number")
    added_by = models.CharField(max_length=40, db_comment="Account that listed it")
    added_at = models.DateTimeField(db_comment="When it was listed")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off the list")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], condition=Q(ended_at=None), name="a_duty_number_is_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_duty_number_says_by_whom",
            ),
        ]
