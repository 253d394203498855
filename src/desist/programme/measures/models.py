"""Questionnaires that were filled in, what they came to, and the safety check that an answer asked for."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.questionnaires.codes import Source
from desist.references import reference


@pghistory.track()
class Wording(models.Model):
    """The official wording of an instrument as the site loaded it; an earlier one is kept for the forms it was used on."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    instrument = models.CharField(max_length=20)
    edition = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=20)
    licence = models.TextField()
    content = models.TextField()  # JSON, as desist.instruments.fhir keeps it
    loaded_by = models.CharField(max_length=40)
    loaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(ended_at=None), name="one_current_wording"
            ),
        ]


@pghistory.track()
class Measure(models.Model):
    """One questionnaire, filled in once. What was left out stays left out."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=20)
    instrument_version = models.PositiveSmallIntegerField()
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT, related_name="measures")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    taken_on = models.DateField()
    source = models.CharField(max_length=20, choices=Source.choices)
    answers = ArrayField(models.PositiveSmallIntegerField(null=True))
    total = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    prorated = models.BooleanField(default=False)
    #: an answer, or one that was left out, asks for a safety check; it stays open until there is one
    flagged = models.BooleanField(default=False)
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    struck_reason = models.CharField(max_length=200, blank=True)
    struck_by = models.CharField(max_length=40, blank=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="a_struck_measure_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["episode", "instrument", "taken_on"], name="measures_of_an_episode")]


@pghistory.track()
class SafetyCheck(models.Model):
    """What was asked after an answer that asked for it, what the person said, and who was told."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="safety_check")
    said = models.TextField()
    outcome = models.CharField(max_length=20, choices=SafetyOutcome.choices)
    plan = models.TextField(blank=True)
    concern = models.OneToOneField(Concern, null=True, on_delete=models.PROTECT, related_name="safety_check")
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="concern", concern__isnull=False)
                | (~Q(outcome="concern") & Q(concern=None)),
                name="a_safety_concern_led_to_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="plan") | ~Q(plan=""), name="a_safety_plan_has_its_words"
            ),
        ]
