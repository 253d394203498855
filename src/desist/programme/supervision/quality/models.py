"""Samples of recorded sessions, and what observers and practitioners themselves say of them."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.programme.sessions.models import Session
from desist.references import reference


class QualitySample(models.Model):
    """One draw: from which days, how many of each practitioner, by which seed. It is drawn again by nobody."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    each = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=20)
    drawn_from = models.PositiveIntegerField()
    submission = models.CharField(max_length=64, unique=True)
    drawn_by = models.CharField(max_length=40)
    drawn_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_sample_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(each__range=(1, 20)), name="a_sample_takes_1_to_20_of_each"),
        ]


class SampledSession(models.Model):
    """A session that was drawn."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    sample = models.ForeignKey(QualitySample, on_delete=models.PROTECT, related_name="sessions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sampled")

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["sample", "session"], name="a_session_is_drawn_once_a_sample")
        ]


@pghistory.track()
class FidelityRating(models.Model):
    """A session held against the checklist. Without `sampled` it is the practitioner's own, kept and never counted."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="fidelity_ratings")
    sampled = models.ForeignKey(SampledSession, null=True, on_delete=models.PROTECT, related_name="ratings")
    checklist = models.CharField(max_length=20)  # its version
    answers = models.JSONField()  # item -> answer, both codes
    note = models.TextField(blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["sampled", "made_by"],
                condition=Q(sampled__isnull=False),
                name="an_observer_rates_a_session_once",
            ),
            models.UniqueConstraint(
                fields=["session", "made_by"],
                condition=Q(sampled=None),
                name="one_rates_ones_own_session_once",
            ),
        ]
