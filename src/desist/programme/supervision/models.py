"""Supervision of practitioners: how often by whom, each meeting, and debriefs after heavy sessions."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.supervision.states import Form, How, State, Topic
from desist.references import reference


@pghistory.track()
class Supervision(models.Model):
    """One meeting of supervisor and practitioner. The record is about the practice; people are links alone."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="supervisions")
    supervisor = models.CharField(max_length=40)  # account
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=1)
    form = models.CharField(max_length=20, choices=Form.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    topics = ArrayField(models.CharField(max_length=20, choices=Topic.choices), default=list, blank=True)
    agreed = models.TextField(blank=True)
    cancelled_reason = models.CharField(max_length=200, blank=True)
    submission = models.CharField(max_length=64, unique=True)
    planned_by = models.CharField(max_length=40)
    planned_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
    """Somebody whose case was talked about: a link, and nothing of what was said."""

    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="cases")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="supervisions")

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["supervision", "episode"], name="a_case_is_talked_about_once")
        ]


@pghistory.track()
class Debrief(models.Model):
    """A debrief after a session that asked for one: that it was held, and nothing of what was said."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="debrief")
    how = models.CharField(max_length=20, choices=How.choices)
    held_on = models.DateField()
    held_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
