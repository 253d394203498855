"""What the programme asked, what the police disclose to it, and what an advocacy service offered to the police."""

import secrets

import pghistory
from django.db import models
from django.db.models import Q

from desist.disclosure import codes
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.disclosures.states import RequestState, State
from desist.partnership.referrals.models import Referral
from desist.references import reference


def token() -> str:
    """Return a fresh name of one disclosure between two sites: 128 random bits, never shown."""
    return secrets.token_urlsafe(16)


@pghistory.track()
class DisclosureRequest(models.Model):
    """What the programme asks about a person whom the police referred."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="disclosure_requests",
        db_comment="Referral of the person",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    token = models.CharField(max_length=40, db_comment="Names the request towards the programme; never shown")
    purpose = models.CharField(
        max_length=20, choices=codes.Purpose.choices, db_comment="What it is for, coded"
    )
    question = models.TextField(db_comment="What is asked")
    necessity = models.TextField(db_comment="Why it is needed")
    needed_by = models.DateField(null=True, db_comment="Day by which the answer is needed")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    received_at = models.DateTimeField(db_comment="When it arrived")
    state = models.CharField(
        max_length=10, choices=RequestState.choices, default=RequestState.OPEN, db_comment="Where it stands"
    )
    reason = models.CharField(
        max_length=20,
        choices=codes.Refusal.choices,
        blank=True,
        db_comment="Why nothing was disclosed, coded",
    )
    settled_by = models.CharField(max_length=40, blank=True, db_comment="Account that answered it")
    settled_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "token"], name="a_request_arrives_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="a_settled_request_has_its_moment",
            ),
        ]


@pghistory.track()
class Disclosure(models.Model):
    """One disclosure: an exact copy, written here or offered by an advocacy service."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        null=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
        db_comment="Referral of the person; empty: offered about a person who is not referred",
    )
    service = models.CharField(max_length=60, blank=True, db_comment="Advocacy service that offered it")
    thread = models.CharField(
        max_length=40, blank=True, db_comment="Token shared with that service alone; never shown"
    )
    side = models.CharField(
        max_length=12, blank=True, db_comment="This site's reference of the service's client"
    )
    request = models.ForeignKey(
        DisclosureRequest,
        null=True,
        on_delete=models.PROTECT,
        related_name="disclosures",
        db_comment="Request that it answers",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(max_length=10, choices=State.choices, db_comment="Where it stands")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    token = models.CharField(
        max_length=40, unique=True, default=token, db_comment="Names it towards the programme; never shown"
    )
    offer = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Token by which the service that offered it knows it; never shown",
    )
    words = models.TextField(db_comment="The exact copy")
    nature = models.CharField(max_length=12, choices=codes.Nature.choices, db_comment="Fact or assessment")
    as_of = models.DateField(db_comment="Day on which the fact stood so")
    may_be_raised = models.BooleanField(db_comment="Whether it may be raised with the participant")
    told_on = models.DateField(
        null=True, db_comment="Day on which the police told the person; without it nothing may be raised"
    )
    purpose = models.CharField(
        max_length=20, choices=codes.Purpose.choices, db_comment="What it is for, coded"
    )
    basis = models.CharField(
        max_length=12, choices=codes.Basis.choices, blank=True, db_comment="Basis, coded"
    )
    agreement = models.CharField(max_length=12, blank=True, db_comment="Reference of the sharing agreement")
    necessity = models.TextField(
        blank=True, db_comment="Why this site needs to disclose it; empty until an offer is passed on"
    )
    proportionality = models.TextField(blank=True, db_comment="Why it discloses no more than needed")
    offered_because = models.TextField(
        blank=True, db_comment="Why the service that offers it says that it is needed"
    )
    offered_no_more = models.TextField(
        blank=True, db_comment="Why that service says that it is no more than needed"
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    started_by = models.CharField(max_length=40, db_comment="Account that began it, or the post")
    started_at = models.DateTimeField(db_comment="When it was begun")
    sent_at = models.DateTimeField(null=True, db_comment="When it was sent to the programme")
    received_at = models.DateTimeField(null=True, db_comment="When exactly this copy arrived")
    received_from = models.CharField(
        max_length=80, blank=True, db_comment="Person who confirmed it, where it went by hand"
    )
    closed_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that dropped, refused or recalled it"
    )
    closed_at = models.DateTimeField(null=True, db_comment="When it was dropped, refused or recalled")
    reason = models.CharField(
        max_length=20, blank=True, db_comment="Reason for dropping, refusing or recalling it, coded"
    )
    stopped_at = models.DateTimeField(
        null=True, db_comment="When the other side confirmed that it no longer uses it"
    )

    class Meta:
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
