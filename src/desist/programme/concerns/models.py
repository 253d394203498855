"""A concern always leads to a person: who was told, when, and what they answered."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.alerts.models import SentAlert
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
    what = models.TextField(db_comment="What the concern is")
    told_whom = models.CharField(max_length=120, db_comment="Person who was told")
    told_at = models.DateTimeField(db_comment="When they were told")
    answer = models.TextField(db_comment="What they answered")
    contact = models.CharField(max_length=20, db_comment="Telephone number that the alert carried")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    raised_by = models.CharField(max_length=40, db_comment="Account that raised it")
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
