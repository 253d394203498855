"""A concern always leads to a person: who was told, when, and what they answered."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.concerns.states import Outcome
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class Concern(models.Model):
    """About a person who was referred, at whatever stage, in a session or at any other time.

    The other side gets an alert that holds nothing of it.
    """

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="concerns")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="concerns")
    what = models.TextField()
    told_whom = models.CharField(max_length=120)
    told_at = models.DateTimeField()
    answer = models.TextField()
    contact = models.CharField(max_length=20)  # the number the alert carried
    submission = models.CharField(max_length=64, unique=True)  # a double click raises one concern
    raised_by = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)  # by a person on the other side
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closing_words = models.TextField(blank=True)
    untaken_reason = models.TextField(blank=True)  # why it was closed although nobody had taken the alert up
    closed_by = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
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
