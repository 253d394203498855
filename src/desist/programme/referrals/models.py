"""A referral as the programme received it, and what it decided."""

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate, Upper

from desist import codes
from desist.programme.referrals.states import TRANSITIONS, DeclineReason, Happened, State
from desist.references import reference
from desist.referral import lists
from desist.referral.police_areas import PoliceArea
from desist.ui import dates


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
    partner = models.CharField(max_length=60, blank=True)  # empty: typed in here, and nobody is told
    thread = models.CharField(max_length=40, unique=True)
    completed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    aliases = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    born = models.DateField()
    pnc = models.CharField(max_length=20, blank=True)
    cro = models.CharField(max_length=20, blank=True)
    contact_by = models.CharField(max_length=40, choices=lists.ContactBy.choices)
    own_phone = models.CharField(max_length=40, blank=True)
    own_email = models.CharField(max_length=120, blank=True)
    own_address = models.TextField(blank=True)
    own_postcode = models.CharField(max_length=10, blank=True)
    lives_in = models.CharField(max_length=40, choices=PoliceArea.choices, blank=True)
    route = models.CharField(max_length=40, choices=codes.Route.choices)
    legal_basis = models.CharField(max_length=40, choices=codes.LegalBasis.choices)
    proceedings = models.CharField(max_length=40, choices=codes.Proceedings.choices)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices), default=list)
    channels = ArrayField(models.CharField(max_length=40, choices=lists.Channel.choices), default=list)
    methods = ArrayField(models.CharField(max_length=40, choices=lists.Method.choices), default=list)
    relationship = models.CharField(max_length=40, choices=codes.Relationship.choices)
    behaviour_account = models.TextField()
    offence_kind = models.CharField(max_length=40, choices=lists.Offence.choices)
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
    referrer_kind = models.CharField(max_length=40, choices=lists.Referrer.choices)
    referrer_organisation = models.CharField(max_length=120, blank=True)
    referrer_name = models.CharField(max_length=80, blank=True)
    referrer_phone = models.CharField(max_length=40, blank=True)
    referrer_email = models.CharField(max_length=120, blank=True)

    withdraw_reason = models.CharField(max_length=40, choices=lists.WithdrawReason.choices, blank=True)
    #: when the referrer last changed it or took it back mid-programme; none once that was read or decided
    unread_since = models.DateTimeField(null=True)
    amendment = models.PositiveSmallIntegerField(default=0)  # the number of the newest that was taken in
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
            models.Index(fields=["area", "born"], name="referrals_by_area_and_birth"),
            models.Index(fields=["family_name", "born"], name="referrals_by_person"),
            models.Index(fields=["born"], name="referrals_by_birth"),
            models.Index(fields=["pnc"], condition=~Q(pnc=""), name="referrals_by_pnc"),
            GinIndex(fields=["family_name"], opclasses=["gin_trgm_ops"], name="referrals_alike"),
        ]

    @property
    def name(self) -> str:
        """What the person is called; "" where a draft does not say yet."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """How both sides know the person on the telephone."""
        return f"{self.name}, born {dates.on(self.born)}"

    @property
    def on_programme(self) -> bool:
        """Whether the programme goes on for the person."""
        episode = getattr(self, "episode", None)
        return episode is not None and episode.ended_at is None

    @property
    def may_be_taken_back(self) -> bool:
        """Whether there is anything left to take back: it was neither declined nor taken back, and no programme ended."""
        began = getattr(self, "episode", None) is not None
        return State.WITHDRAWN in TRANSITIONS[State(self.state)] and (self.on_programme or not began)

    @property
    def under_way(self) -> bool:
        """Whether the referrer may still put something right: it can be taken back, or the programme goes on after that."""
        return State.WITHDRAWN in TRANSITIONS[State(self.state)] or self.on_programme

    def known(self, name: str) -> str:
        """One of the person's own contact details, as whoever reaches them goes by.

        What the service changed counts. What it left as the referrer had it follows the referrer: an address that the police
        take out, because the victim lives there now, is nowhere read on.
        """
        own = getattr(self, "own_contact", None)
        follows = own is None or own.beside[name] == getattr(own, name)
        found: str = getattr(self if follows else own, name)
        return found

    @property
    def may_be_told(self) -> bool:
        """Whether somebody can still be named who hears of it: nobody does yet, and nothing was raised unheard."""
        return not self.partner and self.state in {State.RECEIVED, State.CONSULTATION}

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
        app_label = "programme"
        indexes = [models.Index(fields=["referral", "at"], name="happenings_of_a_referral")]


class Change(models.Model):
    """One answer that was put right, as it read before and after.

    Why is coded; nobody is asked it of the person's own contact details, which are changed here.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    name = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=40, choices=lists.AmendReason.choices, blank=True)
    by = models.CharField(max_length=40, blank=True)  # who typed it in here; empty: the referrer's software
    at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        indexes = [models.Index(fields=["referral", "at"], name="changes_of_a_referral")]
