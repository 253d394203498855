"""Extracts for an evaluator, as they were counted, and what became of each."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.quarterly.states import State
from desist.references import reference
from desist.returns.states import Why


@pghistory.track(exclude=["key", "episode_lines", "event_lines", "gap_lines", "asks"])
class OutcomeExtract(models.Model):
    """One extract. Its rows go once it is set aside or recalled; what is known of it stays."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    number = models.PositiveSmallIntegerField(db_comment="Number of the extract in its area")
    agreement = models.CharField(
        max_length=12, db_comment="Reference of the sharing agreement that covers it"
    )
    joins = models.BooleanField(
        db_comment="Whether its pseudonyms are those of the other extracts under the agreement"
    )
    key = models.CharField(
        max_length=64,
        db_comment="Key that its pseudonyms are made with; never shown, and never leaves this site",
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.COUNTED, db_comment="How far it is, coded"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    edition = models.CharField(max_length=20, db_comment="Edition of the data dictionary")
    data_cut = models.DateField(db_comment="Day to which everyone is followed, as days are moved")
    smallest = models.PositiveIntegerField(
        db_comment="How many people the smallest group has that others could not tell apart"
    )
    people = models.PositiveIntegerField(db_comment="How many people are in it")
    left_out = models.TextField(db_comment="Why people are not in it, coded, and how many: JSON")
    coarser = models.TextField(db_comment="How many rows were made coarser, and how, coded: JSON")
    episode_lines = models.TextField(blank=True, db_comment="Lines of EPISODES, as they cross")
    event_lines = models.TextField(blank=True, db_comment="Lines of EVENTS, as they cross")
    gap_lines = models.TextField(blank=True, db_comment="Lines of GAPS, as they cross")
    asks = models.TextField(
        blank=True,
        db_default="",
        db_comment="What each force is asked of people whom it referred: JSON of partner and texts; empty once that went",
    )
    asked = models.TextField(
        blank=True,
        db_default="",
        db_comment="Forces that were asked, each with the number of people and a token shared with it alone; never shown: JSON",
    )
    token = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        db_comment="Names the extract where forces send what they recorded; never shown",
    )
    digest = models.CharField(max_length=64, db_comment="SHA-256 of those lines")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    counted_by = models.CharField(max_length=40, db_comment="Account that counted it")
    counted_at = models.DateTimeField(db_comment="When it was counted: nothing later is in it")
    signed_by = models.CharField(max_length=40, blank=True, db_comment="Account that signed it")
    signed_at = models.DateTimeField(null=True, db_comment="When it was signed")
    sent_by = models.CharField(
        max_length=40, blank=True, db_comment="Account of the second person, who sent it"
    )
    sent_at = models.DateTimeField(null=True, db_comment="When it was sent")
    partner = models.CharField(max_length=40, blank=True, db_comment="Commissioner it was sent to")
    thread = models.CharField(
        max_length=40, blank=True, db_comment="Token shared with that partner alone; never shown"
    )
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that recalled it or set it aside"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When that was")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="an_extract_has_its_number"),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(state__in=["counted", "signed"]),
                name="one_extract_is_prepared",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="", partner="")
                | Q(sent_at__isnull=False, signed_at__isnull=False) & ~Q(sent_by="") & ~Q(signed_by=""),
                name="an_extract_is_sent_once_it_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["recalled", "set_aside"])
                | Q(episode_lines="", event_lines="", gap_lines="", key=""),
                name="an_ended_extract_keeps_no_row",
            ),
            models.CheckConstraint(
                condition=Q(asks="") | Q(state__in=["counted", "signed"]),
                name="what_forces_are_asked_goes_with_the_extract",
            ),
        ]
