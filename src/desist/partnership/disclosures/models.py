"""What the programme asked, what the police disclose to it, and what an advocacy service offered."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.disclosure import codes
from desist.partnership.disclosures.states import RequestState, State
from desist.partnership.referrals.models import Referral
from desist.references import reference


def token() -> str:
    """Names one disclosure between two sites alone: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class DisclosureRequest(models.Model):
    """What the programme asks about a person whom the police referred."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosure_requests")
    area = models.CharField(max_length=40)
    token = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20, choices=codes.Purpose.choices)
    question = models.TextField()
    necessity = models.TextField()
    needed_by = models.DateField(null=True)
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    reason = models.CharField(max_length=20, choices=codes.Refusal.choices, blank=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["referral", "token"], name="a_request_arrives_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="a_settled_request_has_its_moment",
            ),
        ]


@pghistory.track()
class Disclosure(models.Model):
    """One exact copy: written here, or offered by an advocacy service. `token` is the one the programme knows."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(
        Referral, null=True, on_delete=models.PROTECT, related_name="disclosures"
    )  # empty: offered about somebody who is not referred
    service = models.CharField(max_length=60, blank=True)  # the advocacy service that offers it
    thread = models.CharField(max_length=40, blank=True)  # shared with that service alone
    side = models.CharField(max_length=12, blank=True)  # this site's reference of the service's client
    request = models.ForeignKey(
        DisclosureRequest, null=True, on_delete=models.PROTECT, related_name="disclosures"
    )
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.PositiveIntegerField(default=1)
    token = models.CharField(max_length=40, unique=True, default=token)
    offer = models.CharField(max_length=40, blank=True)  # the token that service knows it by
    words = models.TextField()
    nature = models.CharField(max_length=12, choices=codes.Nature.choices)
    as_of = models.DateField()
    may_be_raised = models.BooleanField()
    told_on = models.DateField(null=True)
    purpose = models.CharField(max_length=20, choices=codes.Purpose.choices)
    basis = models.CharField(max_length=12, choices=codes.Basis.choices, blank=True)
    agreement = models.CharField(max_length=12, blank=True)
    necessity = models.TextField(blank=True)  # why this site discloses it; empty until an offer is passed on
    proportionality = models.TextField(blank=True)
    offered_because = models.TextField(blank=True)  # why the service offers it, and why no more
    offered_no_more = models.TextField(blank=True)
    submission = models.CharField(max_length=64, null=True, unique=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_from = models.CharField(max_length=80, blank=True)  # who said so, where it went by hand
    closed_by = models.CharField(max_length=40, blank=True)  # dropped, refused or recalled
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    stopped_at = models.DateTimeField(null=True)  # the other side says that it is no longer used

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(may_be_raised=False, told_on=None) | Q(may_be_raised=True, told_on__isnull=False),
                name="what_may_be_raised_was_told_by_the_police",
            ),
            models.UniqueConstraint(
                fields=["thread", "offer"], condition=~Q(offer=""), name="an_offer_arrives_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "received"]) | Q(sent_at__isnull=False),
                name="a_sent_disclosure_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dropped", "refused", "recalled"]) | Q(closed_at__isnull=False),
                name="a_closed_disclosure_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "started_at"], name="disclosures_of_an_area"),
            models.Index(fields=["side"], condition=~Q(side=""), name="disclosures_of_a_side"),
        ]
