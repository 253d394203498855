"""Questionnaires that clients filled in. What they answered is locked with the client's own key and never leaves."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.measures.states import Occasion
from desist.advocacy.victims.models import Victim
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
        app_label = "advocacy"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(ended_at=None), name="one_wording_at_a_time"
            ),
        ]


@pghistory.track()
class Measure(models.Model):
    """One questionnaire, filled in once."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=20)
    instrument_version = models.PositiveSmallIntegerField()
    wording = models.ForeignKey(Wording, null=True, on_delete=models.PROTECT, related_name="measures")
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    taken_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    filled = models.BinaryField()
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    struck_words = models.BinaryField(default=bytes)  # why, locked
    struck_by = models.CharField(max_length=40, blank=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_words=b"")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_words=b"")),
                name="a_struck_form_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["victim", "instrument", "taken_on"], name="measures_of_a_victim")]
