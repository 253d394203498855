"""Extracts as services sent them, and the studies that an evaluator made of them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.commission.extracts.states import Sources, State, TimeZero
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference
from desist.returns.states import Why


@pghistory.track(exclude=["episode_lines", "event_lines", "gap_lines"])
class OutcomeExtract(models.Model):
    """One extract. A recalled one keeps no row, and neither does one whose agreement is over."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    sender = models.CharField(max_length=40, db_comment="The partner it came from")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    number = models.PositiveIntegerField(db_comment="Number of the extract, as the service counts them")
    agreement = models.CharField(max_length=120, db_comment="Title of the agreement that covers it")
    evaluator = models.CharField(max_length=400, db_comment="Who evaluates, by the agreement")
    until = models.DateField(db_comment="Last day on which anybody may open it, by the agreement")
    joins = models.BooleanField(
        db_comment="Whether its pseudonyms are those of the other extracts under the agreement"
    )
    edition = models.CharField(max_length=20, db_comment="Edition of the data dictionary")
    data_cut = models.DateField(db_comment="Day to which everyone is followed, as days are moved")
    left_out = ArrayField(
        models.CharField(max_length=40), db_comment="Why people are not in it, coded, and how many"
    )
    people = models.PositiveIntegerField(db_comment="How many people are in it")
    episode_lines = models.TextField(blank=True, db_comment="Lines of EPISODES, as they came")
    event_lines = models.TextField(blank=True, db_comment="Lines of EVENTS, as they came")
    gap_lines = models.TextField(blank=True, db_comment="Lines of GAPS, as they came")
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.STANDS, db_comment="Whether it still stands"
    )
    token = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        db_comment="Names it where forces send what they recorded; never shown; empty where none was asked",
    )
    arrived_at = models.DateTimeField(db_comment="When it arrived")
    events_read_at = models.DateTimeField(
        null=True,
        db_comment="When the file of events was saved first: a plan of after that is not settled before",
    )
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was recalled, or its rows went")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "area", "number"], name="an_extract_comes_once_by_its_number"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(episode_lines="", event_lines="", gap_lines=""),
                name="an_extract_that_ended_keeps_no_row",
            ),
        ]


@pghistory.track(exclude=["people_lines", "recorded_lines", "order_lines"])
class PoliceOutcomes(models.Model):
    """What one force recorded of people of an extract. Its rows go when it is recalled, and with those of the extract."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    of = models.ForeignKey(
        OutcomeExtract,
        on_delete=models.PROTECT,
        related_name="outcomes",
        db_comment="Extract whose people it is about",
    )
    sender = models.CharField(max_length=40, db_comment="The partner it came from")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    agreement = models.CharField(max_length=120, db_comment="Title of the force's agreement that covers it")
    until = models.DateField(db_comment="Last day on which anybody may open it, by both agreements")
    edition = models.CharField(max_length=20, db_comment="Edition of the data dictionary")
    left_out = ArrayField(
        models.CharField(max_length=40), db_comment="What is not in it, coded, and how many"
    )
    people = models.PositiveIntegerField(db_comment="How many people are in it")
    people_lines = models.TextField(blank=True, db_comment="Lines of PEOPLE, as they came")
    recorded_lines = models.TextField(blank=True, db_comment="Lines of RECORDED, as they came")
    order_lines = models.TextField(blank=True, db_comment="Lines of ORDERS, as they came")
    arrived_at = models.DateTimeField(db_comment="When it arrived")
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was recalled, or its rows went")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(people_lines="", recorded_lines="", order_lines=""),
                name="outcomes_that_ended_keep_no_row",
            ),
        ]


@pghistory.track(exclude=["files"])
class Study(models.Model):
    """One study of an extract, by a plan that was settled before its outcome was shown."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    of = models.ForeignKey(
        OutcomeExtract,
        on_delete=models.PROTECT,
        related_name="studies",
        db_comment="Extract that it was made of",
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the study of its extract")
    time_zero = models.CharField(
        max_length=20, choices=TimeZero.choices, db_comment="Day from which time counts, coded"
    )
    horizon = models.PositiveSmallIntegerField(db_comment="Days at risk to report to")
    lag_days = models.PositiveSmallIntegerField(db_comment="Days by which events may be recorded late")
    sources = models.CharField(
        max_length=20, choices=Sources.choices, db_comment="Whose reports count as an event, coded"
    )
    after_events = models.BooleanField(
        db_comment="Whether the file of events had been saved, or an earlier study made, when the plan was settled"
    )
    files = models.TextField(
        blank=True,
        db_comment="The annex, its tables and results: JSON of file name and text; empty once they went",
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="a_study_of_an_extract_has_its_number")
        ]
