"""What a client chose to have told, word by word; the words are locked with the client's own key."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.disclosures.states import State
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.victims.models import Victim
from desist.disclosure import codes
from desist.references import reference


def token() -> str:
    """Names one disclosure between this service and the police alone: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class Disclosure(models.Model):
    """One exact copy, for the police alone or to be passed on to the programme."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="disclosures")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=40, unique=True, default=token)
    to = models.CharField(max_length=60)  # the police site
    recipient = models.CharField(max_length=12, choices=Whom.choices)
    what = models.CharField(max_length=12, choices=What.choices)
    words = models.BinaryField()
    nature = models.CharField(max_length=12, choices=codes.Nature.choices)
    as_of = models.DateField()
    may_be_raised = models.BooleanField()
    told_on = models.DateField(null=True)
    purpose = models.CharField(max_length=20, choices=codes.Purpose.choices)
    basis = models.CharField(max_length=12, choices=codes.Basis.choices)
    agreement = models.CharField(max_length=12, blank=True)
    submission = models.CharField(max_length=64, unique=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    passed_on_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=40, blank=True)  # dropped, refused or recalled
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(
                condition=Q(may_be_raised=False, told_on=None) | Q(may_be_raised=True, told_on__isnull=False),
                name="only_what_the_police_told_may_be_raised",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(sent_at__isnull=False),
                name="what_was_disclosed_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "recipient"], name="disclosures_by_state")]
