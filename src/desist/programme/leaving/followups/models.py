"""What is due after somebody left, and what came of it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.states import Known, Outcome, Source
from desist.references import reference


@pghistory.track()
class FollowUp(models.Model):
    """One follow-up, due so many months after the end. It stays due until somebody says how it ended."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="followed_up")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)  # the programme went on after all
    version = models.PositiveIntegerField(default=1)

    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    tried_on = models.DateField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    known = models.CharField(max_length=20, choices=Known.choices, blank=True)
    sources = ArrayField(models.CharField(max_length=20, choices=Source.choices), default=list)
    learned = models.TextField(blank=True)
    concern = models.OneToOneField(Concern, null=True, on_delete=models.PROTECT, related_name="followed_up")
    recorded_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "months"], condition=Q(voided_at=None), name="one_follow_up_a_term"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", known="", recorded_at=None, recorded_by="", tried_on=None)
                | (
                    ~Q(outcome="")
                    & ~Q(known="")
                    & ~Q(recorded_by="")
                    & Q(recorded_at__isnull=False, tried_on__isnull=False)
                ),
                name="a_recorded_follow_up_says_who_when_what",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["not_reached", "not_appropriate"])
                | ~Q(sources__contains=["person"]),
                name="whoever_was_not_reached_said_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(known="nobody_asked") | Q(sources=[]), name="nobody_asked_has_no_source"
            ),
            models.CheckConstraint(
                condition=~Q(known__in=["something", "nothing"]) | ~Q(sources=[]),
                name="what_became_known_has_its_source",
            ),
            models.CheckConstraint(
                condition=~Q(known="something") | Q(concern__isnull=False),
                name="further_stalking_led_to_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(outcome="", voided_at=None), name="follow_ups_due")
        ]
