"""Versions of the curriculum: rows of one are written while it is a draft and never afterwards."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.curriculum.states import State
from desist.references import reference


@pghistory.track()
class Curriculum(models.Model):
    """One version for an area. `version` is the optimistic lock while it is a draft; `number` counts versions in use."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    number = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    used_by = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "state"],
                condition=Q(state__in=["draft", "current"]),
                name="one_draft_and_one_curriculum_in_use",
            ),
            models.UniqueConstraint(fields=["area", "number"], name="a_curriculum_is_numbered_once"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], number=None, used_at=None)
                | (
                    Q(state__in=["current", "past"], number__isnull=False, used_at__isnull=False)
                    & ~Q(used_by="")
                    & ~Q(reason="")
                ),
                name="a_curriculum_in_use_says_who_when_and_why",
            ),
        ]


@pghistory.track()
class CurriculumModule(models.Model):
    """What some sessions have in common."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "position"], name="a_module_has_its_place"),
            models.UniqueConstraint(fields=["curriculum", "name"], name="a_module_is_named_once"),
        ]


@pghistory.track()
class CurriculumSession(models.Model):
    """One of the twelve sessions of a version."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="sessions")
    module = models.ForeignKey(CurriculumModule, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    skills = ArrayField(models.CharField(max_length=40), default=list)  # keys of the skills' catalogue
    measures = ArrayField(models.CharField(max_length=40), default=list)  # names of instruments

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "number"], name="one_outline_a_session"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 12)), name="a_curriculum_has_twelve_sessions"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(30, 150)), name="a_session_lasts_30_to_150_minutes"
            ),
        ]
