"""What the programme asked the police, and what they disclosed. Nothing here says whom it came from."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.disclosure import codes
from desist.programme.disclosures.states import State
from desist.programme.referrals.models import Referral
from desist.references import reference


def token() -> str:
    """Names one request between two sites alone: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class DisclosureRequest(models.Model):
    """One question to the police about a person."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosure_requests")
    area = models.CharField(max_length=40)
    token = models.CharField(max_length=40, unique=True, default=token)
    purpose = models.CharField(max_length=20, choices=codes.Purpose.choices)
    question = models.TextField()
    necessity = models.TextField()
    needed_by = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=20, choices=codes.Refusal.choices, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=80, blank=True)  # who of a force without software answered
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", settled_at=None)
                | (~Q(state="asked") & Q(settled_at__isnull=False)),
                name="a_settled_question_has_its_moment",
            )
        ]


class Disclosure(models.Model):
    """One exact copy that arrived. Once it is recalled its words are gone; no history keeps them."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosures")
    request = models.ForeignKey(
        DisclosureRequest, null=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    area = models.CharField(max_length=40)
    token = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    nature = models.CharField(max_length=12, choices=codes.Nature.choices, blank=True)
    as_of = models.DateField(null=True)
    may_be_raised = models.BooleanField(default=False)
    told_on = models.DateField(null=True)
    purpose = models.CharField(max_length=20, choices=codes.Purpose.choices, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(null=True)  # empty: recalled before it arrived
    recalled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, choices=codes.Recall.choices, blank=True)
    #: of what a force without software told by telephone or on paper, and who typed it in here
    told_by = models.CharField(max_length=80, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    typed_by = models.CharField(max_length=40, blank=True)
    submission = models.CharField(max_length=64, null=True, unique=True)
    recall_told_by = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_by="", decided_by="", typed_by="")
                | ~(Q(told_by="") | Q(decided_by="") | Q(typed_by="")),
                name="what_was_typed_in_says_who_decided_and_told_it",
            ),
            models.UniqueConstraint(fields=["referral", "token"], name="a_disclosure_arrives_once"),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | Q(words="", may_be_raised=False),
                name="what_was_recalled_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(may_be_raised=False) | Q(told_on__isnull=False),
                name="what_may_be_raised_was_told",
            ),
        ]
