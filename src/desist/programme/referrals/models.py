"""A referral as the programme received it, and what it decided."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate, Upper

from desist import codes
from desist.programme.referrals.states import DeclineReason, State
from desist.references import reference


def name_order(family_name: str) -> Collate:
    """A family name as lists are ordered and searched by it, alike on every server: `referrals_by_name` holds it."""
    return Collate(Upper(family_name), "C")


@pghistory.track()
class Referral(models.Model):
    """One person, referred once. Holds nothing about the victim."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    partner = models.CharField(max_length=60)
    thread = models.CharField(max_length=40, unique=True)
    completed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born = models.DateField()
    route = models.CharField(max_length=40, choices=codes.Route.choices)
    legal_basis = models.CharField(max_length=40, choices=codes.LegalBasis.choices)
    proceedings = models.CharField(max_length=40, choices=codes.Proceedings.choices)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices))
    relationship = models.CharField(max_length=40, choices=codes.Relationship.choices)
    offence = models.CharField(max_length=200)
    behaviour_account = models.TextField()
    risks_to_staff = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    referrer_name = models.CharField(max_length=80)
    referrer_phone = models.CharField(max_length=40)

    decline_reason = models.CharField(max_length=40, choices=DeclineReason.choices, blank=True)
    decision_note = models.TextField(blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by="", decided_at=None)
                | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_decision_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(decline_reason="") | Q(state="declined"),
                name="only_a_declined_referral_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "completed_at"], name="referrals_by_state"),
            models.Index("area", name_order("family_name"), "id", name="referrals_by_name"),
            models.Index(fields=["area", "born"], name="referrals_by_birth"),
        ]
