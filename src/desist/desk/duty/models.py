"""The telephone numbers that always reach somebody, with their history: a number is ended, never overwritten."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.references import reference


@pghistory.track()
class DutyNumber(models.Model):
    """Who is reached on which number, from when until when."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "desk"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], condition=Q(ended_at=None), name="a_duty_number_is_listed_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_duty_number_says_by_whom",
            ),
        ]
