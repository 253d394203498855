"""Questionnaires that clients filled in. The answers are locked with the client's own key and never leave."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.measures.states import Occasion
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
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
                fields=["instrument"], condition=Q(ended_at=None), name="one_wording_at_a_time"
            ),
        ]


@pghistory.track()
class Measure(models.Model):
    """One questionnaire, filled in once."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="measures", db_comment="Client who filled it in"
    )
    instrument = models.CharField(max_length=20, db_comment="Name of the instrument")
    instrument_version = models.PositiveSmallIntegerField(db_comment="Version of the instrument's data")
    wording = models.ForeignKey(
        Wording,
        null=True,
        on_delete=models.PROTECT,
        related_name="measures",
        db_comment="Wording that was used",
    )
    occasion = models.CharField(
        max_length=10, choices=Occasion.choices, db_comment="Point in the support, coded"
    )
    taken_on = models.DateField(db_comment="Day on which it was filled in")
    source = models.CharField(
        max_length=10, choices=Source.choices, db_comment="How the answers were entered, coded"
    )
    filled = models.BinaryField(db_comment="Answers and total, locked with the client's own key")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    struck_words = models.BinaryField(
        default=bytes, db_comment="Why it no longer counts, locked with the client's key"
    )
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_words=b"")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_words=b"")),
                name="a_struck_form_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["victim", "instrument", "taken_on"], name="measures_of_a_victim")]
