"""What a service takes, what it decided about a referral and why, and the advice it gave."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.triage.states import DelayReason, How, Likeness, OverrideReason
from desist.references import reference
from desist.referral.police_areas import AREAS


@pghistory.track()
class Criteria(models.Model):
    """What a service asks of referrals; a change is a new row, so that decisions keep theirs."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    proceedings = ArrayField(
        models.CharField(max_length=40, choices=codes.Proceedings.choices),
        db_comment="Stages of proceedings at which people are accepted",
    )
    youngest = models.PositiveSmallIntegerField(db_comment="Youngest age accepted")
    other_areas = ArrayField(
        models.CharField(max_length=40, choices=AREAS),
        db_comment="Police areas from which people are accepted, besides the service's own",
    )
    #: for the version before: the places are counted in team/places.py
    most_people = models.PositiveSmallIntegerField(
        db_default=40, db_comment="Number of people at once, over all practitioners"
    )
    reason = models.CharField(max_length=200, db_comment="Why the criteria were changed")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When the criteria were put into use")
    ended_at = models.DateTimeField(null=True, db_comment="When the criteria were replaced")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(ended_at=None), name="one_current_set_of_criteria"
            ),
        ]


@pghistory.track()
class Decision(models.Model):
    """One decision on a referral: what the criteria said then, who signed, and why it was decided otherwise."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="decisions", db_comment="Referral that was decided"
    )
    outcome = models.CharField(
        max_length=20, choices=State.choices, db_comment="Accepted, consultation only or declined"
    )
    decline_reason = models.CharField(
        max_length=40, choices=DeclineReason.choices, blank=True, db_comment="Why it was declined, coded"
    )
    criteria = models.ForeignKey(
        Criteria,
        null=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        db_comment="Criteria of the service at that time; empty: the usual ones",
    )
    findings = models.JSONField(
        db_comment="What the criteria said: criterion, whether it was met, the words shown"
    )
    all_met = models.BooleanField(db_comment="Whether every criterion was met")
    override = models.CharField(
        max_length=20,
        choices=OverrideReason.choices,
        blank=True,
        db_comment="Why it was accepted although a criterion was not met, coded",
    )
    likeness = models.CharField(
        max_length=20,
        choices=Likeness.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Whether the person is one who is here already, coded; empty where nobody was like them",
    )
    likeness_reason = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        db_comment="Why, in the words of the account that signed",
    )
    compared = ArrayField(
        models.CharField(max_length=12),
        default=list,
        db_default=[],
        db_comment="References of the referrals that the person was compared with",
    )
    note = models.TextField(blank=True, db_comment="Note for the file")
    signed_by = models.CharField(max_length=40, db_comment="Account that signed")
    signed_at = models.DateTimeField(db_comment="When it was signed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="accepted") | Q(all_met=True) | ~Q(override=""),
                name="an_acceptance_against_criteria_says_why",
            ),
            models.CheckConstraint(
                condition=Q(likeness="", likeness_reason="") | (~Q(likeness="") & ~Q(likeness_reason="")),
                name="a_likeness_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="declined") ^ Q(decline_reason=""), name="a_refusal_has_its_reason"
            ),
        ]


@pghistory.track()
class Advice(models.Model):
    """Advice that was given to a referrer; nobody is allocated for it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="advice",
        db_comment="Referral that the advice is about",
    )
    given_to = models.CharField(max_length=120, db_comment="Person who was advised")
    how = models.CharField(
        max_length=20, choices=How.choices, db_comment="By telephone, in a meeting or in writing"
    )
    given_on = models.DateField(db_comment="Day on which it was given")
    words = models.TextField(db_comment="The advice in words")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    given_by = models.CharField(max_length=40, db_comment="Account that gave it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")


@pghistory.track()
class Delay(models.Model):
    """Why a referral is not allocated within its 14 days. The newest reason counts; no reason stops the clock."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="delays", db_comment="Referral that is late"
    )
    reason = models.CharField(
        max_length=20, choices=DelayReason.choices, db_comment="Reason for the delay, coded"
    )
    note = models.TextField(blank=True, db_comment="What is done about it")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
