"""Partner agencies, and who was referred to them with which outcome."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.states import Need, State
from desist.references import reference


@pghistory.track()
class Agency(models.Model):
    """One agency in the directory of an area. It is ended, never overwritten out of sight: its history is kept."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    name = models.CharField(max_length=120, db_comment="Name of the agency")
    needs = ArrayField(
        models.CharField(max_length=20, choices=Need.choices), db_comment="What it can help with"
    )
    phone = models.CharField(max_length=40, blank=True, db_comment="Its telephone number")
    how = models.TextField(blank=True, db_comment="How to refer a person to it")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    added_by = models.CharField(max_length=40, db_comment="Account that listed it")
    added_at = models.DateTimeField(db_comment="When it was listed")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off the list")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(ended_at=None), name="an_agency_is_listed_once"
            ),
        ]


@pghistory.track()
class SupportReferral(models.Model):
    """A person referred to an agency, and what came of it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="support",
        db_comment="Episode of the person who is referred",
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="referrals",
        db_comment="Agency that the person is referred to",
    )
    need = models.CharField(max_length=20, choices=Need.choices, db_comment="What help is needed for, coded")
    agreed = models.BooleanField(db_comment="Whether the person agrees to what is passed on")
    without = models.TextField(
        blank=True,
        default="",
        db_default="",
        db_comment="Why it is passed on although the person does not agree",
    )
    told = models.TextField(db_comment="What is passed on")
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.REFERRED,
        db_comment="Referred, accepted, not accepted or ended",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    outcome = models.TextField(blank=True, db_comment="What came of it")
    referred_on = models.DateField(db_comment="Day of the referral")
    answered_on = models.DateField(null=True, db_comment="Day on which the agency answered")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    referred_by = models.CharField(max_length=40, db_comment="Account that referred")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="referred", answered_on=None)
                | (~Q(state="referred") & Q(answered_on__isnull=False)),
                name="an_answered_support_referral_has_its_day",
            ),
        ]
