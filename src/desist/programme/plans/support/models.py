"""Partner agencies, and who was referred to them with which outcome."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.programme.episodes.models import Episode
from desist.programme.plans.support.states import Need, State
from desist.references import reference


@pghistory.track()
class Agency(models.Model):
    """One agency in the directory of an area. It is ended, never overwritten out of sight: its history is kept."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices))
    phone = models.CharField(max_length=40, blank=True)
    how = models.TextField(blank=True)  # how to refer
    version = models.PositiveIntegerField(default=1)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(ended_at=None), name="an_agency_is_listed_once"
            ),
        ]


@pghistory.track()
class SupportReferral(models.Model):
    """A person referred to an agency, and what came of it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="support")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    need = models.CharField(max_length=20, choices=Need.choices)
    agreed = models.BooleanField()  # whether the person agrees to what is passed on
    told = models.TextField()  # what is passed on
    state = models.CharField(max_length=20, choices=State.choices, default=State.REFERRED)
    version = models.PositiveIntegerField(default=1)
    outcome = models.TextField(blank=True)
    referred_on = models.DateField()
    answered_on = models.DateField(null=True)
    submission = models.CharField(max_length=64, unique=True)
    referred_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="referred", answered_on=None)
                | (~Q(state="referred") & Q(answered_on__isnull=False)),
                name="an_answered_support_referral_has_its_day",
            ),
        ]
