"""A referral as the police write it, send it and follow it."""

from datetime import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from desist import codes
from desist.partnership.referrals import states
from desist.partnership.referrals.states import Happened, State
from desist.partnership.tokens import token
from desist.references import reference
from desist.referral import answers, lists
from desist.referral.forgetting import forgets
from desist.referral.police_areas import PoliceArea
from desist.ui import dates


@pghistory.track()
class Referral(models.Model):
    """A draft until it is sent or discarded; every answer may be missing until then. Holds nothing about the victim."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    programme = models.CharField(max_length=60, blank=True)  # the partner it goes to
    thread = models.CharField(max_length=40, null=True, unique=True)
    #: from the first moment, whoever stands behind it; the same for referrals of one person
    pair = models.CharField(max_length=40, default=token, db_index=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    submission = models.CharField(max_length=64, null=True, unique=True)  # of the form that began it
    sent_at = models.DateTimeField(null=True)

    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    aliases = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    born = models.DateField(null=True)
    pnc = models.CharField(max_length=20, blank=True)
    cro = models.CharField(max_length=20, blank=True)
    contact_by = models.CharField(max_length=40, choices=lists.ContactBy.choices, blank=True)
    own_phone = models.CharField(max_length=40, blank=True)
    own_email = models.CharField(max_length=120, blank=True)
    own_address = models.TextField(blank=True)
    own_postcode = models.CharField(max_length=10, blank=True)
    lives_in = models.CharField(max_length=40, choices=PoliceArea.choices, blank=True)
    route = models.CharField(max_length=40, choices=codes.Route.choices, blank=True)
    legal_basis = models.CharField(max_length=40, choices=codes.LegalBasis.choices, blank=True)
    proceedings = models.CharField(max_length=40, choices=codes.Proceedings.choices, blank=True)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices), default=list)
    channels = ArrayField(models.CharField(max_length=40, choices=lists.Channel.choices), default=list)
    methods = ArrayField(models.CharField(max_length=40, choices=lists.Method.choices), default=list)
    relationship = models.CharField(max_length=40, choices=codes.Relationship.choices, blank=True)
    behaviour_account = models.TextField(blank=True)
    offence_kind = models.CharField(max_length=40, choices=lists.Offence.choices, blank=True)
    offence = models.CharField(max_length=200, blank=True)
    included = ArrayField(
        models.CharField(max_length=40, choices=lists.Offence.choices), default=list, blank=True
    )
    orders = ArrayField(models.CharField(max_length=60), default=list)
    need_kinds = ArrayField(models.CharField(max_length=40, choices=lists.Need.choices), default=list)
    language = models.CharField(max_length=60, blank=True)
    needs = models.TextField(blank=True)
    risk_kinds = ArrayField(models.CharField(max_length=40, choices=lists.StaffRisk.choices), default=list)
    risks_to_staff = models.TextField(blank=True)
    referrer_kind = models.CharField(max_length=40, choices=lists.Referrer.choices, blank=True)
    referrer_organisation = models.CharField(max_length=120, blank=True)
    referrer_name = models.CharField(max_length=80, blank=True)
    referrer_phone = models.CharField(max_length=40, blank=True)
    referrer_email = models.CharField(max_length=120, blank=True)

    discard_reason = models.CharField(max_length=40, choices=lists.DiscardReason.choices, blank=True)
    withdraw_reason = models.CharField(max_length=40, choices=lists.WithdrawReason.choices, blank=True)
    amendments = models.PositiveSmallIntegerField(default=0)  # how many were sent
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
                condition=Q(state__in=["draft", "discarded"], sent_at=None, thread=None)
                | (~Q(state__in=["draft", "discarded"]) & Q(sent_at__isnull=False, thread__isnull=False)),
                name="what_was_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=(~Q(state="discarded") & Q(discard_reason=""))
                | (Q(state="discarded", **answers.empty()) & ~Q(discard_reason="")),
                name="a_discarded_draft_says_nothing",
            ),
        ]
        triggers = [
            forgets(
                events="partnership_referralevent",
                when=pgtrigger.Q(old__state="draft", new__state="discarded"),
                drafts="state = 'draft'",
                further="state NOT IN ('draft', 'discarded')",
            )
        ]
        indexes = [
            models.Index(fields=["state", "started_at"], name="sent_referrals_by_state"),
            models.Index(fields=["family_name", "born"], name="sent_referrals_by_person"),
            models.Index(fields=["born"], name="sent_referrals_by_birth"),
            models.Index(fields=["pnc"], condition=~Q(pnc=""), name="sent_referrals_by_pnc"),
            GinIndex(fields=["family_name"], opclasses=["gin_trgm_ops"], name="sent_referrals_alike"),
        ]

    @property
    def name(self) -> str:
        """What the person is called; "" where a draft does not say yet."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """How both sides know the person on the telephone."""
        return f"{self.name}, born {dates.on(self.born)}" if self.born else self.name

    def happened(self, what: Happened, *, by: str, at: datetime, detail: str = "") -> None:
        """Write a line of the timeline, in the transaction of the change that it tells of."""
        self.happenings.create(what=what, by=by, at=at, detail=detail)


class Happening(models.Model):
    """One thing that happened to a referral: a line of its timeline. `detail` holds coded words alone."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="happenings")
    what = models.CharField(max_length=40, choices=Happened.choices)
    detail = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["referral", "at"], name="happenings_of_a_sent_one")]


class News(models.Model):
    """Something that the programme told of a referral: unread until the person who sent the referral has opened it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="news")
    what = models.CharField(max_length=20, choices=states.News.choices)
    came_at = models.DateTimeField()
    read_by = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by="", read_at=None) | (~Q(read_by="") & Q(read_at__isnull=False)),
                name="news_that_was_read_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["referral"], condition=Q(read_at=None), name="news_unread")]
