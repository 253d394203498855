"""Questionnaires that were filled in, what they came to, and the safety check that an answer asked for."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.questionnaires.codes import Source
from desist.references import reference


@pghistory.track()
class Wording(models.Model):
    """The official wording of an instrument as the site loaded it; an earlier one is kept for the forms it was used on."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    instrument = models.CharField(max_length=20, db_comment="Name of the instrument")
    edition = models.CharField(max_length=60, blank=True, db_comment="Edition that the file names")
    language = models.CharField(max_length=20, db_comment="Language of the wording")
    licence = models.TextField(db_comment="Licence that the file declares")
    content = models.TextField(
        db_comment="Questions and answers in their official words, as desist.instruments.fhir keeps them"
    )
    loaded_by = models.CharField(max_length=40, db_comment="Account that loaded it")
    loaded_at = models.DateTimeField(db_comment="When it was loaded and put into use")
    ended_at = models.DateTimeField(null=True, db_comment="When another wording replaced it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(ended_at=None), name="one_current_wording"
            ),
        ]


@pghistory.track()
class Measure(models.Model):
    """One questionnaire, filled in once. An answer left out stays left out."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="measures",
        db_comment="Episode of the person who filled it in",
    )
    instrument = models.CharField(max_length=20, db_comment="Name of the instrument")
    instrument_version = models.PositiveSmallIntegerField(db_comment="Version of the instrument's data")
    wording = models.ForeignKey(
        Wording,
        null=True,
        on_delete=models.PROTECT,
        related_name="measures",
        db_comment="Wording that was used; empty: on paper",
    )
    occasion = models.CharField(
        max_length=20,
        choices=Occasion.choices,
        db_comment="Point in the work: baseline, mid, closing or follow-up",
    )
    taken_on = models.DateField(db_comment="Day on which it was filled in")
    source = models.CharField(
        max_length=20,
        choices=Source.choices,
        db_comment="Filled in on the page, typed answer by answer from paper, or typed as a total",
    )
    answers = ArrayField(
        models.PositiveSmallIntegerField(null=True),
        db_comment="Figures in the order of the form; empty for an answer left out",
    )
    total = models.DecimalField(
        max_digits=5, decimal_places=1, null=True, db_comment="Total, where the rule gives one"
    )
    prorated = models.BooleanField(
        default=False, db_comment="Whether the total was worked out with an answer left out"
    )
    flagged = models.BooleanField(
        default=False, db_comment="Whether an answer, or one left out, asks for a safety check"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    struck_reason = models.CharField(max_length=200, blank=True, db_comment="Why it was struck out")
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="a_struck_measure_says_who_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["episode", "instrument", "taken_on"], name="measures_of_an_episode"),
            models.Index(
                fields=["episode"], condition=Q(flagged=True, struck_at=None), name="flagged_measures"
            ),
        ]


@pghistory.track()
class SafetyCheck(models.Model):
    """What was asked after an answer that asked for it, what the person said, and who was told."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    measure = models.OneToOneField(
        Measure,
        on_delete=models.PROTECT,
        related_name="safety_check",
        db_comment="Measure that asked for the check",
    )
    said = models.TextField(db_comment="What was asked and what the person said")
    outcome = models.CharField(
        max_length=20, choices=SafetyOutcome.choices, db_comment="Result of the check, coded"
    )
    plan = models.TextField(blank=True, db_comment="Plan to stay safe")
    concern = models.OneToOneField(
        Concern,
        null=True,
        on_delete=models.PROTECT,
        related_name="safety_check",
        db_comment="Concern that it led to",
    )
    made_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
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
