"""What the programme asked the police, and what they disclosed. Nothing here names its source."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.disclosure import codes
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.programme.disclosures.states import State
from desist.programme.referrals.models import Referral
from desist.references import reference


def token() -> str:
    """Names one request between two sites alone: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class DisclosureRequest(models.Model):
    """One question to the police about a person."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="disclosure_requests",
        db_comment="Referral of the person",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    token = models.CharField(
        max_length=40,
        unique=True,
        default=token,
        db_comment="Names the request towards the police; never shown",
    )
    purpose = models.CharField(
        max_length=20, choices=codes.Purpose.choices, db_comment="What it is for, coded"
    )
    question = models.TextField(db_comment="What is asked")
    necessity = models.TextField(db_comment="Why it is needed")
    needed_by = models.DateField(null=True, db_comment="Day by which the answer is needed")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.ASKED, db_comment="Where it stands"
    )
    reason = models.CharField(
        max_length=20,
        choices=codes.Refusal.choices,
        blank=True,
        db_comment="Why nothing was disclosed, coded",
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that asked")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    settled_at = models.DateTimeField(null=True, db_comment="When it was answered")
    told_by = models.CharField(
        max_length=80, blank=True, db_comment="Person at a force without software who answered: name and role"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", settled_at=None)
                | (~Q(state="asked") & Q(settled_at__isnull=False)),
                name="a_settled_question_has_its_moment",
            )
        ]


class Disclosure(models.Model):
    """One disclosure that arrived as an exact copy. Once it is recalled its words are gone; no history keeps them."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="disclosures", db_comment="Referral of the person"
    )
    request = models.ForeignKey(
        DisclosureRequest,
        null=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
        db_comment="Request that it answers",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    token = models.CharField(max_length=40, db_comment="Names the disclosure towards the police; never shown")
    words = models.TextField(
        blank=True, db_comment="The exact copy; emptied when it is recalled, and in no history"
    )
    nature = models.CharField(
        max_length=12, choices=codes.Nature.choices, blank=True, db_comment="Fact or assessment"
    )
    as_of = models.DateField(null=True, db_comment="Day on which the fact stood so")
    may_be_raised = models.BooleanField(
        default=False, db_comment="Whether it may be raised with the participant"
    )
    told_on = models.DateField(
        null=True, db_comment="Day on which the police told the person; without it nothing may be raised"
    )
    purpose = models.CharField(
        max_length=20, choices=codes.Purpose.choices, blank=True, db_comment="What it is for, coded"
    )
    fingerprint = models.CharField(
        max_length=64, blank=True, db_comment="SHA-256 of the exact copy as it arrived"
    )
    received_at = models.DateTimeField(
        null=True, db_comment="When it arrived; empty: recalled before it arrived"
    )
    recalled_at = models.DateTimeField(
        null=True, db_comment="When the police recalled it; it must not be used since"
    )
    reason = models.CharField(
        max_length=20, choices=codes.Recall.choices, blank=True, db_comment="Reason for the recall, coded"
    )
    told_by = models.CharField(
        max_length=80, blank=True, db_comment="Person at a force without software who told it: name and role"
    )
    decided_by = models.CharField(
        max_length=160, blank=True, db_comment="The two people of that force who decided it"
    )
    typed_by = models.CharField(max_length=40, blank=True, db_comment="Account that typed it in")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    recall_told_by = models.CharField(
        max_length=80, blank=True, db_comment="Person at that force who recalled it"
    )

    class Meta:
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
