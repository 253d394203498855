"""Structured professional judgement: what somebody concluded with a tool, why, and until when it holds."""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.programme.episodes.models import Episode
from desist.programme.risk.states import Tool
from desist.references import reference


@pghistory.track()
class RiskRating(models.Model):
    """One judgement made with a tool. The result is the rater's words; nothing is computed from it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="risk_ratings")
    tool = models.CharField(max_length=20, choices=Tool.choices)
    tool_version = models.CharField(max_length=80)
    result = models.CharField(max_length=200)
    rationale = models.TextField()
    sources = models.TextField(blank=True)
    rater = models.CharField(max_length=80)
    rater_trained = models.BooleanField()
    rated_on = models.DateField()
    review_on = models.DateField()
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    struck_reason = models.CharField(max_length=200, blank=True)
    struck_by = models.CharField(max_length=40, blank=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
