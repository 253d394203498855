"""Quarterly returns, each with the numbers as they were counted, and a commissioner's questions. Each zone has its tables."""

from typing import Any

from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.quarterly.states import State
from desist.references import reference
from desist.returns.states import Moved, Why


class Counting(models.Model):
    """One count of one quarter. What was counted never changes, whatever is corrected in the records later."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    quarter = models.DateField(db_comment="First day of the quarter")
    number = models.PositiveSmallIntegerField(
        db_comment="Number of the return of its quarter: the first, then its corrections"
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.COUNTED, db_comment="How far it is, coded"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    definitions = models.CharField(max_length=20, db_comment="Version of the definitions it was counted by")
    why = models.CharField(
        max_length=20,
        choices=Why.choices,
        blank=True,
        db_comment="Why a return sent before is corrected, coded; empty for the first",
    )
    complete = models.BooleanField(
        db_comment="Whether the manager said that every session and leaving of the quarter was recorded"
    )
    counts = models.TextField(
        db_comment="Every number as it was counted, with the days: JSON, its names in their order"
    )
    digest = models.CharField(max_length=64, db_comment="SHA-256 of that text")
    leaves = models.TextField(db_comment="Numbers that leave: JSON of the texts in the envelope")
    over = models.TextField(
        blank=True,
        db_comment="References of the four returns that it adds up, in their order; empty where there are not four",
    )
    moved = models.CharField(
        max_length=20, choices=Moved.choices, db_comment="What became of the quarter before, coded"
    )
    moves = models.TextField(
        db_comment="What moved of the quarter before: JSON of names with the number then and the number now"
    )
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
        max_length=40, blank=True, db_comment="Account that recalled, replaced or set it aside"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When that was")

    class Meta:
        abstract = True


class Asking(models.Model):
    """A question of the commissioner about a return, and the service's answer."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    token = models.CharField(
        max_length=40,
        unique=True,
        db_comment="Token of the question, shared with that partner alone; never shown",
    )
    question = models.TextField(db_comment="What the commissioner asks")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    answer = models.TextField(blank=True, db_comment="What the service answered; the commissioner reads it")
    answered_by = models.CharField(max_length=40, blank=True, db_comment="Account that answered")
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        abstract = True


def constraints(after: str = "") -> list[Any]:
    """Return what holds of a table of returns; `after` ends the names, which a zone has once."""
    return [
        models.UniqueConstraint(fields=["area", "quarter", "number"], name=f"a_return_has_its_number{after}"),
        models.UniqueConstraint(
            fields=["area", "quarter"],
            condition=Q(state__in=["counted", "signed"]),
            name=f"one_return_of_a_quarter_is_prepared{after}",
        ),
        models.UniqueConstraint(
            fields=["area", "quarter"],
            condition=Q(state="sent"),
            name=f"one_return_of_a_quarter_stands{after}",
        ),
        models.CheckConstraint(
            condition=Q(sent_at=None, sent_by="", partner="")
            | Q(sent_at__isnull=False, signed_at__isnull=False) & ~Q(sent_by="") & ~Q(signed_by=""),
            name=f"a_return_is_sent_once_it_is_signed{after}",
        ),
    ]


def answered(after: str = "") -> list[Any]:
    """Return what holds of a table of questions."""
    return [
        models.CheckConstraint(
            condition=Q(answered_at=None, answered_by="", answer="")
            | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answer=""),
            name=f"an_answered_question_says_who_and_what{after}",
        )
    ]
