"""The coping plan: what a person notices, does, whom they ring and what helps. A change is a new version, whole."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.plans.coping.states import Part
from desist.references import reference


@pghistory.track()
class CopingPlan(models.Model):
    """One version of a person's coping plan. The newest holds; the last one is the relapse plan that goes with them."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="coping_plans", db_comment="Episode of the person"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the version, counted from 1")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it down")
    written_at = models.DateTimeField(db_comment="When it was written down")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="a_coping_plan_is_numbered_once"),
        ]


@pghistory.track()
class CopingLine(models.Model):
    """One line of a version, in the person's words."""

    retention_class = Retention.CASE
    plan = models.ForeignKey(
        CopingPlan, on_delete=models.PROTECT, related_name="lines", db_comment="Version that it belongs to"
    )
    part = models.CharField(max_length=8, choices=Part.choices, db_comment="Part of the plan, coded")
    position = models.PositiveSmallIntegerField(db_comment="Place in its part, counted from 1")
    cue = models.CharField(
        max_length=200, blank=True, db_comment="When it applies: of a step “when …, I will …” only"
    )
    words = models.CharField(max_length=200, db_comment="What the line says, in the person's words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "part", "position"], name="a_line_of_a_coping_plan_has_its_place"
            ),
            models.CheckConstraint(
                condition=~Q(words="") & (Q(part="step") & ~Q(cue="") | ~Q(part="step") & Q(cue="")),
                name="a_step_says_when_and_what",
            ),
        ]
