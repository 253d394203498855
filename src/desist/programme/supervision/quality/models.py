"""Samples of recorded sessions, and what observers and practitioners themselves say of them."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.programme.sessions.models import Session
from desist.references import reference


class QualitySample(models.Model):
    """One random sample of sessions for quality ratings. It is drawn once."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    first = models.DateField(db_comment="First day of the sessions it is drawn from")
    last = models.DateField(db_comment="Last day of the sessions it is drawn from")
    each = models.PositiveSmallIntegerField(db_comment="Number of sessions drawn for each practitioner")
    seed = models.CharField(
        max_length=20, db_comment="Seed of the random order, so that the draw can be repeated"
    )
    drawn_from = models.PositiveIntegerField(db_comment="Number of sessions it was drawn from")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    drawn_by = models.CharField(max_length=40, db_comment="Account that drew it")
    drawn_at = models.DateTimeField(db_comment="When it was drawn")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_sample_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(each__range=(1, 20)), name="a_sample_takes_1_to_20_of_each"),
        ]


class SampledSession(models.Model):
    """A session that was drawn."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    sample = models.ForeignKey(
        QualitySample,
        on_delete=models.PROTECT,
        related_name="sessions",
        db_comment="Sample that the session belongs to",
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="sampled", db_comment="Session that was drawn"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "session"], name="a_session_is_drawn_once_a_sample")
        ]


@pghistory.track()
class FidelityRating(models.Model):
    """One session rated by the checklist. Without `sampled` it is the practitioner's own rating and is not counted."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        related_name="fidelity_ratings",
        db_comment="Session that was rated",
    )
    sampled = models.ForeignKey(
        SampledSession,
        null=True,
        on_delete=models.PROTECT,
        related_name="ratings",
        db_comment="Place in a sample; empty: the practitioner's own rating, which is never counted",
    )
    checklist = models.CharField(max_length=20, db_comment="Version of the checklist")
    answers = models.JSONField(db_comment="Answer by item: yes, no, or did not arise, all coded")
    note = models.TextField(blank=True, db_comment="What stood out in the practice")
    made_by = models.CharField(max_length=40, db_comment="Account that rated")
    made_at = models.DateTimeField(db_comment="When the rating was made")

    class Meta:
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
