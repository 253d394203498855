"""A referral as the police write it, send it and follow it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.partnership.referrals.states import State
from desist.references import reference


@pghistory.track()
class Referral(models.Model):
    """A draft until it is sent; every answer may be missing until then. Holds nothing about the victim."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    programme = models.CharField(max_length=60, blank=True)  # the partner it goes to
    thread = models.CharField(max_length=40, null=True, unique=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    born = models.DateField(null=True)
    route = models.CharField(max_length=40, choices=codes.Route.choices, blank=True)
    legal_basis = models.CharField(max_length=40, choices=codes.LegalBasis.choices, blank=True)
    proceedings = models.CharField(max_length=40, choices=codes.Proceedings.choices, blank=True)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices), default=list)
    relationship = models.CharField(max_length=40, choices=codes.Relationship.choices, blank=True)
    offence = models.CharField(max_length=200, blank=True)
    behaviour_account = models.TextField(blank=True)
    risks_to_staff = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    referrer_name = models.CharField(max_length=80, blank=True)
    referrer_phone = models.CharField(max_length=40, blank=True)

    decision_reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=20, choices=codes.Stage.choices, blank=True)
    attended = models.PositiveSmallIntegerField(default=0)
    planned = models.PositiveSmallIntegerField(default=0)
    progress_at = models.DateTimeField(null=True)  # when the newest notice was sent

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None, thread=None)
                | (~Q(state="draft") & Q(sent_at__isnull=False, thread__isnull=False)),
                name="what_was_sent_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "started_at"], name="sent_referrals_by_state"),
            models.Index(fields=["family_name", "born"], name="sent_referrals_by_person"),
        ]
