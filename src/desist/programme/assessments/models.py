"""The assessment: an appointment, and what was understood in it."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.assessments.states import State
from desist.programme.episodes.models import Episode
from desist.references import reference


@pghistory.track()
class Assessment(models.Model):
    """One assessment of a person, before the plan; a later one is a new row."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=20, choices=State.choices, default=State.APPOINTED)
    version = models.PositiveIntegerField(default=1)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    submission = models.CharField(max_length=64, unique=True)
    appointed_by = models.CharField(max_length=40)
    appointed_at = models.DateTimeField()

    needs = models.TextField(blank=True)
    children_and_family = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    story = models.TextField(blank=True)
    formulation = models.TextField(blank=True)
    protective_factors = models.TextField(blank=True)
    saved_by = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(null=True)

    ended_reason = models.CharField(max_length=200, blank=True)  # why it was cancelled
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state="appointed"), name="one_open_assessment"
            ),
            models.CheckConstraint(
                condition=Q(state="appointed", ended_at=None, ended_by="")
                | (~Q(state="appointed") & Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_assessment_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(ended_reason=""), name="a_cancelled_assessment_says_why"
            ),
        ]
