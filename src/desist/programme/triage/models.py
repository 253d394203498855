"""What a service takes, what it decided about a referral and why, and the advice it gave."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import DeclineReason, State
from desist.programme.triage.states import DelayReason, How, OverrideReason
from desist.references import reference
from desist.referral.police_areas import AREAS


@pghistory.track()
class Criteria(models.Model):
    """What a service asks of referrals from when until when; a change is a new row, so that decisions keep theirs."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    proceedings = ArrayField(models.CharField(max_length=40, choices=codes.Proceedings.choices))
    youngest = models.PositiveSmallIntegerField()
    #: police areas from which people are taken, besides its own
    other_areas = ArrayField(models.CharField(max_length=40, choices=AREAS))
    #: how many people at once, over all practitioners
    most_people = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(ended_at=None), name="one_current_set_of_criteria"
            ),
        ]


@pghistory.track()
class Decision(models.Model):
    """One decision on a referral: what the criteria said then, who signed, and why it was decided otherwise."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=State.choices)
    decline_reason = models.CharField(max_length=40, choices=DeclineReason.choices, blank=True)
    criteria = models.ForeignKey(Criteria, null=True, on_delete=models.PROTECT, related_name="decisions")
    #: [criterion, met, the words that were shown]
    findings = models.JSONField()
    all_met = models.BooleanField()
    override = models.CharField(max_length=20, choices=OverrideReason.choices, blank=True)
    note = models.TextField(blank=True)
    signed_by = models.CharField(max_length=40)
    signed_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="accepted") | Q(all_met=True) | ~Q(override=""),
                name="an_acceptance_against_criteria_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="declined") ^ Q(decline_reason=""), name="a_refusal_has_its_reason"
            ),
        ]


@pghistory.track()
class Advice(models.Model):
    """Advice that was given to a referrer; nobody is allocated for it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="advice")
    given_to = models.CharField(max_length=120)
    how = models.CharField(max_length=20, choices=How.choices)
    given_on = models.DateField()
    words = models.TextField()
    submission = models.CharField(max_length=64, unique=True)
    given_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"


@pghistory.track()
class Delay(models.Model):
    """Why a referral is not allocated within its 14 days. The newest reason counts; none stops the clock."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="delays")
    reason = models.CharField(max_length=20, choices=DelayReason.choices)
    note = models.TextField(blank=True)
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
