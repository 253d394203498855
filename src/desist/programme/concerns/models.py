"""A concern always leads to a person: who was told, when, and what they answered."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.alerts.models import SentAlert
from desist.programme.concerns.stages import Kind, Stage, Step
from desist.programme.concerns.states import Outcome
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class Concern(models.Model):
    """A concern about a person who was referred, at any stage, in a session or at any other time.

    The other side gets an alert that holds nothing of it.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="concerns", db_comment="Referral of the person"
    )
    session = models.ForeignKey(
        Session,
        null=True,
        on_delete=models.PROTECT,
        related_name="concerns",
        db_comment="Session in which the concern arose",
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="What it is about, coded; empty before kinds were asked for",
    )
    what = models.TextField(db_comment="What the concern is")
    told_whom = models.CharField(max_length=120, db_comment="Person who was told")
    told_at = models.DateTimeField(db_comment="When they were told")
    answer = models.TextField(db_comment="What they answered")
    contact = models.CharField(max_length=20, db_comment="Telephone number that the alert carried")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    raised_by = models.CharField(max_length=40, db_comment="Account that raised it")
    raised_role = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Role in which that account raised it; another role screens it",
    )
    raised_at = models.DateTimeField(db_comment="When it was raised")
    alert = models.ForeignKey(
        SentAlert,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="Alert that went out; empty where none did",
    )
    #: as the alert says; for the version before
    acknowledged_at = models.DateTimeField(
        null=True, db_comment="When a person on the other side took the alert up"
    )
    outcome = models.CharField(
        max_length=20, choices=Outcome.choices, blank=True, db_comment="What came of it, coded"
    )
    closing_words = models.TextField(blank=True, db_comment="What came of it, in words")
    untaken_reason = models.TextField(
        blank=True, db_comment="Why it was closed before a person on the other side took the alert up"
    )
    council_reason = models.TextField(
        blank=True,
        default="",
        db_default="",
        db_comment="Why it was closed although the council never answered",
    )
    closed_by = models.CharField(max_length=40, blank=True, db_comment="Account that closed it")
    closed_at = models.DateTimeField(null=True, db_comment="When it was closed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", outcome="", closing_words="", untaken_reason="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by="") & ~Q(outcome="") & ~Q(closing_words="")),
                name="a_closed_concern_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(acknowledged_at__isnull=False) | ~Q(untaken_reason=""),
                name="a_concern_nobody_took_up_closes_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["referral", "raised_at"], name="an_acknowledgement_answers_one_concern"
            ),
        ]
        indexes = [models.Index(fields=["referral"], condition=Q(closed_at=None), name="open_concerns")]


class ConcernStep(models.Model):
    """One thing that was done about a concern, and what it leads to: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="steps_taken", db_comment="The concern"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the step: 1, then one more for each")
    step = models.CharField(max_length=20, choices=Step.choices, db_comment="What was done, coded")
    result = models.CharField(max_length=20, blank=True, db_comment="What came of the step, coded")
    words = models.TextField(db_comment="Reasons, or what was found out, asked for or answered")
    whom = models.CharField(
        max_length=120, blank=True, db_comment="Person at the council who was spoken to; name and role"
    )
    council = models.CharField(max_length=120, blank=True, db_comment="Council that has the referral")
    done_on = models.DateField(null=True, db_comment="Day of the referral to the council")
    stage = models.CharField(max_length=20, choices=Stage.choices, db_comment="What comes next, coded")
    owner = models.CharField(max_length=40, db_comment="Account that owes what comes next")
    due_on = models.DateField(db_comment="Day by which what comes next is due")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    by = models.CharField(max_length=40, db_comment="Account that did it")
    at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "number"], name="a_step_of_a_concern_is_one"),
        ]
