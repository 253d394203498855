"""Referrals by people without an account: the door that a service opens for them, and the forms that come through it."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.programme.outside.states import Answered, Turned
from desist.programme.referrals.intake.models import Draft
from desist.references import reference


@pghistory.track()
class OutsideDoor(models.Model):
    """Whether a service takes forms from referrers without an account, at an address of its own."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, unique=True, db_comment=AREA)
    open = models.BooleanField(default=True, db_comment="Whether forms are taken now")
    changed_by = models.CharField(max_length=40, db_comment="Account that opened or closed it last")
    changed_at = models.DateTimeField(db_comment="When it was opened or closed last")


class OutsideReferral(models.Model):
    """One form, locked to the site's public key before it is kept. Its words go once the sender has an answer."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    came_at = models.DateTimeField(db_comment="When it came")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    words = models.BinaryField(
        db_comment="The answers and how to reply, locked to the site's public key; empty once it is answered"
    )
    files = models.BinaryField(
        db_comment="The files, locked to the site's public key; empty once they were taken in or it is answered"
    )
    draft = models.OneToOneField(
        Draft,
        on_delete=models.PROTECT,
        null=True,
        related_name="outside",
        db_comment="Draft of a referral that it became",
    )
    turned = models.CharField(
        max_length=20, choices=Turned.choices, blank=True, db_comment="Why it was not taken in, coded"
    )
    settled_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it in or did not")
    settled_at = models.DateTimeField(null=True, db_comment="When it was taken in or not")
    answered = models.CharField(
        max_length=20, choices=Answered.choices, blank=True, db_comment="How the sender got the answer, coded"
    )
    answered_by = models.CharField(max_length=40, blank=True, db_comment="Account that gave the answer")
    answered_at = models.DateTimeField(null=True, db_comment="When the sender got the answer")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, draft=None, turned="")
                | Q(settled_at__isnull=False, draft__isnull=False, turned="")
                | (Q(settled_at__isnull=False, draft=None) & ~Q(turned="")),
                name="an_outside_referral_is_taken_in_or_turned_down",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered="")
                | (
                    Q(answered_at__isnull=False, settled_at__isnull=False, words=b"", files=b"")
                    & ~Q(answered="")
                ),
                name="an_answered_outside_referral_keeps_no_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "came_at"], condition=Q(answered_at=None), name="outside_referrals_open"
            )
        ]
