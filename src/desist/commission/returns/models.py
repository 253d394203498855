"""Returns as services sent them, and the questions that a commissioner asked about them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.commission.returns.states import State
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference
from desist.returns.states import Moved, Why


@pghistory.track()
class ServiceReturn(models.Model):
    """One return of one quarter, which came by the post or was entered by hand. A recalled one keeps no number."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    sender = models.CharField(max_length=40, db_comment="The partner it came from, by the post or by hand")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    quarter = models.DateField(db_comment="First day of the quarter")
    number = models.PositiveSmallIntegerField(
        db_comment="Number of the return of its quarter: the first, then its corrections"
    )
    why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it corrects the one before, coded"
    )
    definitions = models.CharField(max_length=20, db_comment="Version of the definitions it was counted by")
    counted_at = models.DateTimeField(
        db_comment="When the service counted it; of one entered by hand, when it was entered"
    )
    figures = ArrayField(
        models.CharField(max_length=80), db_comment="Its numbers: what each is over, its name, and the number"
    )
    days = ArrayField(
        models.CharField(max_length=80), db_comment="Its clocks: name, median and quartiles in days"
    )
    moved = models.CharField(
        max_length=20,
        choices=Moved.choices,
        blank=True,
        db_comment="What became of the quarter before, coded; nothing of one entered by hand",
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.STANDS, db_comment="Whether it still stands"
    )
    sent_at = models.DateTimeField(
        null=True,
        db_comment="When its sender sent it; of one entered by hand, and of older ones, it is not known",
    )
    arrived_at = models.DateTimeField(db_comment="When it arrived, or was entered")
    entered_by = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Account that entered it by hand; nobody where the post brought it",
    )
    told_by = models.CharField(
        max_length=80, blank=True, default="", db_default="", db_comment="Who told what was entered by hand"
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was replaced or recalled")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "area", "quarter", "number"],
                condition=Q(entered_by=""),
                name="a_return_comes_once_by_its_number",
            ),
            models.UniqueConstraint(
                fields=["sender", "area", "quarter", "number"],
                condition=~Q(entered_by=""),
                name="a_return_is_entered_once_by_its_number",
            ),
            models.UniqueConstraint(
                fields=["sender", "area", "quarter"],
                condition=Q(state="stands"),
                name="one_return_of_a_quarter_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state="recalled") | Q(figures=[], days=[]),
                name="a_recalled_return_keeps_no_number",
            ),
            models.CheckConstraint(
                condition=Q(entered_by="", told_by="") | ~Q(entered_by="") & ~Q(told_by=""),
                name="a_return_entered_by_hand_says_who_told_it",
            ),
        ]


@pghistory.track()
class Question(models.Model):
    """A question to a service about its return, and the answer."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    of = models.ForeignKey(
        ServiceReturn,
        on_delete=models.PROTECT,
        related_name="questions",
        db_comment="Return that it is about",
    )
    token = models.CharField(
        max_length=40,
        unique=True,
        db_comment="Token of the question, shared with that partner alone; never shown",
    )
    question = models.TextField(db_comment="What is asked; the service reads it")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    asked_by = models.CharField(max_length=40, db_comment="Account that asked")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    answer = models.TextField(blank=True, db_comment="What the service answered")
    answered_at = models.DateTimeField(null=True, db_comment="When the service answered")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="an_answer_has_words_and_a_time",
            )
        ]
