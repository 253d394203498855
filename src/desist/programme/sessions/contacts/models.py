"""Contacts as they were noted."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.states import Begun, Outcome, Party, Purpose, Way
from desist.references import reference


@pghistory.track()
class Contact(models.Model):
    """One contact. It hangs on the referral, so that calls before a decision have a place; struck out, never deleted."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="contacts")
    held_at = models.DateTimeField()
    party = models.CharField(max_length=20, choices=Party.choices)
    who = models.CharField(max_length=80, blank=True)
    begun = models.CharField(max_length=20, choices=Begun.choices)
    way = models.CharField(max_length=20, choices=Way.choices)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField(blank=True)
    submission = models.CharField(max_length=64, unique=True)
    noted_by = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
    struck_reason = models.CharField(max_length=200, blank=True)
    struck_by = models.CharField(max_length=40, blank=True)
    struck_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="a_struck_contact_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["referral", "-held_at"], name="contacts_of_a_referral")]
