"""Structured professional judgement: what a rater concluded with a tool, why, and until when it holds."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.risk.states import TOOLS
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
