"""Versions of the curriculum: rows of one are written while it is a draft and never afterwards."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, VERSION, Retention
from desist.programme.curriculum.states import State
from desist.references import reference


@pghistory.track()
class Curriculum(models.Model):
    """One version for an area. `version` is the optimistic lock while it is a draft; `number` counts versions in use."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.DRAFT,
        db_comment="Draft, in use, past or discarded",
    )
    number = models.PositiveSmallIntegerField(
        null=True, db_comment="Number of the version, counted when it is put into use"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    reason = models.CharField(max_length=200, blank=True, db_comment="Why it was put into use")
    made_by = models.CharField(max_length=40, db_comment="Account that began the draft")
    made_at = models.DateTimeField(db_comment="When the draft was begun")
    used_by = models.CharField(max_length=40, blank=True, db_comment="Account that put it into use")
    used_at = models.DateTimeField(null=True, db_comment="When it was put into use")
    ended_at = models.DateTimeField(null=True, db_comment="When the next version replaced it")

    class Meta:
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
    """A module of the curriculum: sessions that belong together."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    curriculum = models.ForeignKey(
        Curriculum, on_delete=models.PROTECT, related_name="modules", db_comment="Version of the curriculum"
    )
    position = models.PositiveSmallIntegerField(db_comment="Place in the order")
    name = models.CharField(max_length=80, db_comment="Name of the module")
    words = models.CharField(max_length=300, blank=True, db_comment="Purpose of the module")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "position"], name="a_module_has_its_place"),
            models.UniqueConstraint(fields=["curriculum", "name"], name="a_module_is_named_once"),
        ]


@pghistory.track()
class CurriculumSession(models.Model):
    """One of the twelve sessions of a version."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    curriculum = models.ForeignKey(
        Curriculum, on_delete=models.PROTECT, related_name="sessions", db_comment="Version of the curriculum"
    )
    module = models.ForeignKey(
        CurriculumModule,
        on_delete=models.PROTECT,
        related_name="sessions",
        db_comment="Module of the session",
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the session, 1 to 12")
    title = models.CharField(max_length=120, db_comment="Subject of the session")
    minutes = models.PositiveSmallIntegerField(db_comment="Length in minutes")
    skills = ArrayField(
        models.CharField(max_length=40), default=list, db_comment="Keys of the skills that it needs"
    )
    measures = ArrayField(
        models.CharField(max_length=40), default=list, db_comment="Names of the instruments taken in it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "number"], name="one_outline_a_session"),
            models.CheckConstraint(
                condition=Q(number__range=(1, 12)), name="a_curriculum_has_twelve_sessions"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(30, 150)), name="a_session_lasts_30_to_150_minutes"
            ),
        ]
