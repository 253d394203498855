"""The plan: goals, each with how it serves the survivor's safety, and how close they are."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.plans.states import State
from desist.references import reference


@pghistory.track()
class Goal(models.Model):
    """One goal of a person's plan."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=400)
    #: how it serves the survivor's safety: without that it is no goal of this programme
    serves = models.CharField(max_length=400)
    steps = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    submission = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(serves=""), name="a_goal_serves_safety"),
        ]


@pghistory.track()
class GoalRating(models.Model):
    """How close a goal is on a day, from 0 to 10, as the person says."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=10), name="a_goal_is_rated_from_0_to_10"),
        ]
