"""Supervision of practitioners: the arrangement, each meeting, and debriefs after heavy sessions."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.supervision.states import Form, How, State, Topic
from desist.references import reference


@pghistory.track()
class Supervision(models.Model):
    """One meeting of supervisor and practitioner. The record is about the practice; people are links alone."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    practitioner = models.ForeignKey(
        Practitioner,
        on_delete=models.PROTECT,
        related_name="supervisions",
        db_comment="Practitioner who is supervised",
    )
    supervisor = models.CharField(max_length=40, db_comment="Account that supervises")
    starts_at = models.DateTimeField(db_comment="When it starts")
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.PLANNED, db_comment="Planned, held or cancelled"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    form = models.CharField(
        max_length=20, choices=Form.choices, blank=True, db_comment="How it was held, coded"
    )
    minutes = models.PositiveSmallIntegerField(null=True, db_comment="Length in minutes")
    topics = ArrayField(
        models.CharField(max_length=20, choices=Topic.choices),
        default=list,
        blank=True,
        db_comment="Topics, coded",
    )
    agreed = models.TextField(
        blank=True, db_comment="What was agreed about the practice; nothing about a person"
    )
    cancelled_reason = models.CharField(max_length=200, blank=True, db_comment="Why it was not held")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    planned_by = models.CharField(max_length=40, db_comment="Account that planned it")
    planned_at = models.DateTimeField(db_comment="When it was planned")
    recorded_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recorded or cancelled it"
    )
    recorded_at = models.DateTimeField(null=True, db_comment="When it was recorded or cancelled")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned", recorded_at=None, recorded_by="")
                | (~Q(state="planned") & Q(recorded_at__isnull=False) & ~Q(recorded_by="")),
                name="a_supervision_that_is_over_says_who_recorded_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | (~Q(form="") & Q(minutes__isnull=False)),
                name="a_held_supervision_has_its_form_and_length",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
                name="a_cancelled_supervision_says_why",
            ),
        ]


class SupervisionCase(models.Model):
    """A case that was talked about in a supervision: a link, and nothing of what was said."""

    retention_class = Retention.CASE
    supervision = models.ForeignKey(
        Supervision,
        on_delete=models.PROTECT,
        related_name="cases",
        db_comment="Supervision in which the case was talked about",
    )
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="supervisions",
        db_comment="Episode that was talked about",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervision", "episode"], name="a_case_is_talked_about_once")
        ]


@pghistory.track()
class Debrief(models.Model):
    """A debrief after a session that asked for one: that it was held, and nothing of what was said."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    session = models.OneToOneField(
        Session, on_delete=models.PROTECT, related_name="debrief", db_comment="Session that it followed"
    )
    how = models.CharField(max_length=20, choices=How.choices, db_comment="How it was held, coded")
    held_on = models.DateField(db_comment="Day on which it was held")
    held_by = models.CharField(max_length=40, db_comment="Account that held it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
