"""Structured professional judgement: what a rater concluded with a tool, why, and until when it holds."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.codes import Behaviour
from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.risk.states import TOOLS, Alerted, Compared, Factor, Motive, Over
from desist.references import reference


@pghistory.track()
class RiskRating(models.Model):
    """One judgement made with a tool. The result is the rater's words; nothing is computed from it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="risk_ratings", db_comment="Episode of the person"
    )
    tool = models.CharField(max_length=20, choices=TOOLS, db_comment="Name of the tool")
    tool_version = models.CharField(max_length=80, db_comment="Version of the tool")
    result = models.CharField(max_length=200, db_comment="Professional judgement in words")
    rationale = models.TextField(db_comment="Reasons for the judgement")
    sources = models.TextField(blank=True, db_comment="Evidence that it rests on")
    rater = models.CharField(max_length=80, db_comment="Person who rated")
    rater_trained = models.BooleanField(db_comment="Whether the rater is trained in the tool")
    rated_on = models.DateField(db_comment="Day of the rating")
    review_on = models.DateField(db_comment="Day by which it must be reviewed")
    compared = models.CharField(
        max_length=20,
        choices=Compared.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="How the rater sets it beside the judgement before, coded",
    )
    alerting = ArrayField(
        models.CharField(max_length=20, choices=Alerted.choices),
        default=list,
        db_default=[],
        db_comment="Who hears of a higher judgement, coded",
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    struck_reason = models.CharField(max_length=200, blank=True, db_comment="Why it was entered by mistake")
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="a_struck_judgement_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("rated_on")), name="a_judgement_is_reviewed_after_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="risk_reviews")]


@pghistory.track()
class AcuteFactor(models.Model):
    """What makes a risk acute for a while: it counts from its day until another, or until it is ended before."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="acute_factors", db_comment="Episode of the person"
    )
    kind = models.CharField(max_length=20, choices=Factor.choices, db_comment="Kind of factor, coded")
    noticed_on = models.DateField(db_comment="Day on which it was noticed")
    until = models.DateField(db_comment="Last day on which it counts")
    words = models.CharField(max_length=200, blank=True, db_comment="What was noticed, in a line")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    over = models.CharField(
        max_length=20, choices=Over.choices, blank=True, db_comment="Why it ended before its day, coded"
    )
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("noticed_on")), name="an_acute_factor_ends_after_it_was_noticed"
            ),
            models.CheckConstraint(
                condition=Q(over="", ended_by="", ended_at=None)
                | (~Q(over="") & ~Q(ended_by="") & Q(ended_at__isnull=False)),
                name="an_ended_factor_says_by_whom_and_why",
            ),
        ]


@pghistory.track()
class Typology(models.Model):
    """A judgement of the type of stalking; the newest holds, those before it stay."""

    retention_class = Retention.CASE
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="typologies", db_comment="Episode of the person"
    )
    motive = models.CharField(max_length=20, choices=Motive.choices, db_comment="Type of stalking, coded")
    behaviours = ArrayField(
        models.CharField(max_length=40, choices=Behaviour.choices),
        default=list,
        db_default=[],
        db_comment="Acts associated with stalking that the service learned of, from the list of s.2A(3)",
    )
    rationale = models.TextField(db_comment="Reasons for the judgement")
    rater = models.CharField(max_length=80, db_comment="Person who judged")
    rated_on = models.DateField(db_comment="Day of the judgement")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
