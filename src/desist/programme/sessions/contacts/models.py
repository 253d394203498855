"""Contacts as they were noted."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.states import Begun, Outcome, Party, Purpose, Way
from desist.references import reference


@pghistory.track()
class Contact(models.Model):
    """One contact outside sessions, from the referral on; struck out, never deleted."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="contacts", db_comment="Referral of the person"
    )
    held_at = models.DateTimeField(db_comment="When it took place")
    party = models.CharField(
        max_length=20, choices=Party.choices, db_comment="Kind of person spoken with, coded; never a victim"
    )
    who = models.CharField(
        max_length=80,
        blank=True,
        db_comment="Name and role of the person spoken with, where it was not the person referred",
    )
    begun = models.CharField(max_length=20, choices=Begun.choices, db_comment="Side that began it")
    way = models.CharField(max_length=20, choices=Way.choices, db_comment="Way of contact, coded")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, db_comment="Purpose, coded")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, db_comment="Result, coded")
    words = models.TextField(blank=True, db_comment="What was said or agreed")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    noted_by = models.CharField(max_length=40, db_comment="Account that noted it")
    noted_at = models.DateTimeField(db_comment="When it was noted")
    struck_reason = models.CharField(max_length=200, blank=True, db_comment="Why it was noted by mistake")
    struck_by = models.CharField(max_length=40, blank=True, db_comment="Account that struck it out")
    struck_at = models.DateTimeField(null=True, db_comment="When it was struck out")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="", struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason="")),
                name="a_struck_contact_says_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["referral", "-held_at"], name="contacts_of_a_referral")]
