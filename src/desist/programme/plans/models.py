"""The plan: goals, each with how it serves the survivor's safety, and how close they are."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.plans.states import Motivation, Ready, State
from desist.references import reference


@pghistory.track()
class Goal(models.Model):
    """One goal of a person's plan."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="goals", db_comment="Episode of the person"
    )
    words = models.CharField(max_length=400, db_comment="The goal in the person's words")
    serves = models.CharField(
        max_length=400,
        db_comment="How the goal serves the survivor's safety; without that it is no goal of the programme",
    )
    steps = models.TextField(blank=True, db_comment="Steps towards it")
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.OPEN,
        db_comment="Being worked on, reached or dropped",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    made_by = models.CharField(max_length=40, db_comment="Account that added it")
    made_at = models.DateTimeField(db_comment="When it was added")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(serves=""), name="a_goal_serves_safety"),
        ]


@pghistory.track()
class GoalRating(models.Model):
    """How close a goal is on a day, from 0 to 10, as the person says."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="ratings", db_comment="Goal that was rated"
    )
    score = models.PositiveSmallIntegerField(db_comment="How close it is, 0 to 10, as the person says")
    rated_on = models.DateField(db_comment="Day of the rating")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=10), name="a_goal_is_rated_from_0_to_10"),
        ]


@pghistory.track()
class Readiness(models.Model):
    """How ready and motivated a person is, as a practitioner judges on a day; the newest holds, those before stay."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="readiness", db_comment="Episode of the person"
    )
    ready = models.CharField(max_length=20, choices=Ready.choices, db_comment="Readiness for change, coded")
    motivation = models.CharField(
        max_length=20, choices=Motivation.choices, db_comment="Motivation to take part, coded"
    )
    words = models.CharField(max_length=200, db_comment="What the practitioner judges it by, in a line")
    rated_on = models.DateField(db_comment="Day of the judgement")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
