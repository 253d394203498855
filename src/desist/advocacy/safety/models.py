"""What a client needs, plans and chooses; the words are locked with the client's own key."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.safety import states
from desist.advocacy.victims.models import Victim
from desist.references import reference


class PlanVersion(models.Model):
    """A safety plan as it was saved once; the newest counts, and none is ever changed."""

    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    words = models.BinaryField()
    review_on = models.DateField()
    saved_by = models.CharField(max_length=40)
    saved_at = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(fields=["victim", "number"], name="plan_versions_follow_each_other")
        ]


@pghistory.track()
class Need(models.Model):
    """Something a client needs help with."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="needs")
    domain = models.CharField(max_length=16, choices=states.Domain.choices)
    words = models.BinaryField()
    state = models.CharField(max_length=10, choices=states.NeedState.choices, default=states.NeedState.OPEN)
    raised_by = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_need_has_its_moment",
            )
        ]


@pghistory.track()
class Support(models.Model):
    """A partner agency that was asked to help with a need, and what came of it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="supports")
    words = models.BinaryField()  # which agency, whom there
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=states.SupportOutcome.choices, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"


@pghistory.track()
class Choice(models.Model):
    """What a client chose about telling something to somebody, until when. Without a choice nothing is told."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="choices")
    what = models.CharField(max_length=12, choices=states.What.choices)
    whom = models.CharField(max_length=12, choices=states.Whom.choices)
    allowed = models.BooleanField()
    until = models.DateField(null=True)
    words = models.BinaryField()  # in their own words, and under which conditions
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "what", "whom"], condition=Q(ended_at=None), name="one_choice_at_a_time"
            )
        ]


@pghistory.track()
class Child(models.Model):
    """A child in a client's care; who they are is locked."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="children")
    words = models.BinaryField()
    born_in = models.PositiveSmallIntegerField(null=True)
    contact = models.BooleanField()  # whether the person who stalks has contact by right or order
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"


class Note(models.Model):
    """A note in one of two layers; never changed."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="notes")
    layer = models.CharField(max_length=10, choices=states.Layer.choices)
    words = models.BinaryField()
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        indexes = [models.Index(fields=["victim", "layer", "written_at"], name="notes_of_a_victim")]
