"""What a referrer without software said of a referral by telephone or on paper."""

from django.db import models
from django.db.models import F, Q

from desist.facts import SUBMISSION, Retention
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.programme.referrals.telephone_notices.states import Settled
from desist.referral.lists import WithdrawReason


class Heard(models.Model):
    """A change or a withdrawal that a referrer told by telephone or on paper."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="heard", db_comment="Referral that it is about"
    )
    what = models.CharField(
        max_length=40,
        choices=[(one.value, one.label) for one in (Happened.AMENDED, Happened.WITHDRAWN)],
        db_comment="What was told: a change, or that the referral is taken back",
    )
    told_by = models.CharField(max_length=80, db_comment="Person who told it by telephone or on paper")
    told_at = models.DateTimeField(db_comment="When it was told")
    typed_by = models.CharField(max_length=40, db_comment="Account that typed it in")
    typed_at = models.DateTimeField(db_comment="When it was typed in")

    class Meta:
        indexes = [models.Index(fields=["referral", "typed_at"], name="heard_of_a_referral")]


class TypedWithdrawal(models.Model):
    """A withdrawal that one person typed in: it counts once a second person confirms it."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="typed_withdrawals",
        db_comment="Referral that is taken back",
    )
    reason = models.CharField(
        max_length=40, choices=WithdrawReason.choices, db_comment="Why the referrer takes it back, coded"
    )
    told_by = models.CharField(max_length=80, db_comment="Person who told it by telephone or on paper")
    told_at = models.DateTimeField(db_comment="When it was told")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    typed_by = models.CharField(max_length=40, db_comment="Account that typed it in")
    typed_at = models.DateTimeField(db_comment="When it was typed in")
    outcome = models.CharField(
        max_length=20,
        choices=Settled.choices,
        blank=True,
        db_comment="Whether it was confirmed or a mistake; empty while it waits",
    )
    settled_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that confirmed it or said that it was a mistake"
    )
    settled_at = models.DateTimeField(null=True, db_comment="When it was settled")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(settled_at=None), name="one_withdrawal_waits"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by="", settled_at=None)
                | (~Q(outcome="") & ~Q(settled_by="") & Q(settled_at__isnull=False)),
                name="a_settled_withdrawal_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(settled_by=F("typed_by")),
                name="a_second_person_confirms_a_withdrawal",
            ),
        ]
