"""Entries of the reflective log."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.practitioners.models import Practitioner
from desist.references import reference


@pghistory.track()
class Reflection(models.Model):
    """One entry: its practitioner's alone until they share it, and from then on the supervisor's whom they shared it with."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="reflections",
        db_comment="Practitioner who wrote it",
    )
    on = models.DateField(db_comment="Day that it is about")
    words = models.TextField(
        db_comment="What the practitioner noticed about their own practice; nothing about a person"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    shared_with = models.CharField(
        max_length=40, blank=True, db_comment="Account of the supervisor it was shared with; empty: private"
    )
    shared_at = models.DateTimeField(null=True, db_comment="When it was shared")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    written_at = models.DateTimeField(db_comment="When it was written, or last changed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_at=None, shared_with="")
                | (Q(shared_at__isnull=False) & ~Q(shared_with="")),
                name="a_shared_reflection_says_with_whom",
            ),
        ]
