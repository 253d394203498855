"""A referral as the programme received it, and the service's decisions on it."""

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Collate, Upper

from desist import codes
from desist.facts import AREA, REF, VERSION, Retention
from desist.programme.referrals.states import TRANSITIONS, DeclineReason, Happened, State
from desist.references import reference
from desist.referral import lists
from desist.referral.police_areas import PoliceArea
from desist.ui import dates


def name_order(family_name: str) -> Collate:
    """Return a family name in the order for lists and searches, alike on every server: `referrals_by_name` holds it."""
    return Collate(Upper(family_name), "C")


#: the keys of the search: `desist.referral.finding`
KEYS = Func(*("given_names", "family_name", "aliases", "own_phone", "own_email"), function="public.found_by")


@pghistory.track()
class Referral(models.Model):
    """One person, referred once. Holds nothing about the victim."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.RECEIVED, db_comment="Where the referral stands"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    partner = models.CharField(
        max_length=60,
        blank=True,
        db_comment="The partner it came from; empty where it was typed in here and nobody is told",
    )
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    completed_at = models.DateTimeField(
        db_comment="When the complete referral was sent: the 14-day clock begins"
    )
    received_at = models.DateTimeField(db_comment="When it was received")

    given_names = models.CharField(max_length=100, db_comment="Given names of the person referred")
    family_name = models.CharField(max_length=100, db_comment="Family name of the person referred")
    aliases = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        db_comment="Other names of the person referred",
    )
    born = models.DateField(db_comment="Date of birth of the person referred")
    pnc = models.CharField(
        max_length=20, blank=True, db_comment="PNC number; unverified where its check letter does not fit"
    )
    cro = models.CharField(
        max_length=20, blank=True, db_comment="CRO number; unverified where its check letter does not fit"
    )
    contact_by = models.CharField(
        max_length=40, choices=lists.ContactBy.choices, db_comment="How the person wants to be contacted"
    )
    own_phone = models.CharField(max_length=40, blank=True, db_comment="The person's own telephone")
    own_email = models.CharField(max_length=120, blank=True, db_comment="The person's own e-mail")
    own_address = models.TextField(
        blank=True, db_comment="The person's own address, empty where the victim lives there or nearby"
    )
    own_postcode = models.CharField(max_length=10, blank=True, db_comment="The person's own postcode")
    lives_in = models.CharField(
        max_length=40,
        choices=PoliceArea.choices,
        blank=True,
        db_comment="The police area in which the person lives, coded; empty where it is not known",
    )
    route = models.CharField(
        max_length=40, choices=codes.Route.choices, db_comment="How the person was referred, coded"
    )
    legal_basis = models.CharField(
        max_length=40, choices=codes.LegalBasis.choices, db_comment="Legal basis for sharing, coded"
    )
    proceedings = models.CharField(
        max_length=40, choices=codes.Proceedings.choices, db_comment="Where the criminal case stands"
    )
    behaviours = ArrayField(
        models.CharField(max_length=40, choices=codes.Behaviour.choices),
        default=list,
        db_comment="Acts associated with stalking, from the list of s.2A(3)",
    )
    channels = ArrayField(
        models.CharField(max_length=40, choices=lists.Channel.choices),
        default=list,
        db_comment="Ways in which the person contacted or watched the victim, coded",
    )
    methods = ArrayField(
        models.CharField(max_length=40, choices=lists.Method.choices),
        default=list,
        db_comment="Through others, online or with threats, coded",
    )
    relationship = models.CharField(
        max_length=40,
        choices=codes.Relationship.choices,
        db_comment="Relationship of the person to the victim, coded",
    )
    behaviour_account = models.TextField(
        db_comment="What the person did, in the referrer's words, without the victim's identity"
    )
    offence_kind = models.CharField(
        max_length=40, choices=lists.Offence.choices, db_comment="Kind of index offence, coded"
    )
    offence = models.CharField(max_length=200, blank=True, db_comment="Index offence as recorded")
    included = ArrayField(
        models.CharField(max_length=40, choices=lists.Offence.choices),
        default=list,
        blank=True,
        db_comment="Offences recorded within the same crime, coded",
    )
    orders = ArrayField(
        models.CharField(max_length=60),
        default=list,
        db_comment="Orders and conditions in force, coded, each with its last day",
    )
    need_kinds = ArrayField(
        models.CharField(max_length=40, choices=lists.Need.choices),
        default=list,
        db_comment="What the person needs to take part, coded",
    )
    language = models.CharField(max_length=60, blank=True, db_comment="Language of the interpreter")
    needs = models.TextField(blank=True, db_comment="More about the person's needs")
    risk_kinds = ArrayField(
        models.CharField(max_length=40, choices=lists.StaffRisk.choices),
        default=list,
        db_comment="Risks to staff, coded",
    )
    risks_to_staff = models.TextField(blank=True, db_comment="Risks to staff, in the referrer's words")
    risk_tool = models.CharField(
        max_length=20,
        choices=codes.RiskTool.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Tool of the referrer's judgement of risk, coded",
    )
    risk_tool_version = models.CharField(
        max_length=80, blank=True, default="", db_default="", db_comment="Version of that tool"
    )
    risk_result = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        db_comment="What the referrer concluded, in words",
    )
    risk_rater = models.CharField(
        max_length=80, blank=True, default="", db_default="", db_comment="Person who judged for the referrer"
    )
    risk_rated_on = models.DateField(null=True, db_comment="Day of the referrer's judgement")
    risk_to = ArrayField(
        models.CharField(max_length=20, choices=lists.AtRisk.choices),
        default=list,
        db_default=[],
        db_comment="Who is at risk, by kind, coded",
    )
    risk_when = models.TextField(
        blank=True, default="", db_default="", db_comment="When the risk is greatest, in the referrer's words"
    )
    risk_increases = models.TextField(
        blank=True, default="", db_default="", db_comment="What increases the risk, in the referrer's words"
    )
    risk_reduces = models.TextField(
        blank=True, default="", db_default="", db_comment="What reduces the risk, in the referrer's words"
    )
    self_harm = models.TextField(
        blank=True,
        default="",
        db_default="",
        db_comment="Self-harm and suicide of the person, in the referrer's words",
    )
    referrer_kind = models.CharField(
        max_length=40, choices=lists.Referrer.choices, db_comment="Kind of referrer, coded"
    )
    referrer_organisation = models.CharField(
        max_length=120, blank=True, db_comment="The referrer's organisation or unit"
    )
    referrer_name = models.CharField(max_length=80, blank=True, db_comment="The officer or worker to contact")
    referrer_phone = models.CharField(max_length=40, blank=True, db_comment="Their work telephone")
    referrer_email = models.CharField(max_length=120, blank=True, db_comment="Their work e-mail")

    withdraw_reason = models.CharField(
        max_length=40,
        choices=lists.WithdrawReason.choices,
        blank=True,
        db_comment="Why it was taken back, coded",
    )
    unread_since = models.DateTimeField(
        null=True,
        db_comment="When the referrer last changed it or took it back mid-programme; empty once that was read or decided",
    )
    amendment = models.PositiveSmallIntegerField(
        default=0, db_comment="Number of the newest amendment that was taken in"
    )
    decline_reason = models.CharField(
        max_length=40, choices=DeclineReason.choices, blank=True, db_comment="Why it was declined, coded"
    )
    decision_note = models.TextField(blank=True, db_comment="Note for the file, seen by the service alone")
    decided_by = models.CharField(max_length=40, blank=True, db_comment="Account that decided")
    decided_at = models.DateTimeField(null=True, db_comment="When it was decided")

    class Meta:
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
            models.Index(fields=["area", "id"], condition=Q(state="received"), name="undecided_referrals"),
            models.Index("area", name_order("family_name"), "id", name="referrals_by_name"),
            models.Index(fields=["area", "born"], name="referrals_by_area_and_birth"),
            models.Index(fields=["family_name", "born"], name="referrals_by_person"),
            models.Index(fields=["born"], name="referrals_by_birth"),
            models.Index(fields=["pnc"], condition=~Q(pnc=""), name="referrals_by_pnc"),
            GinIndex(fields=["family_name"], opclasses=["gin_trgm_ops"], name="referrals_alike"),
            GinIndex(KEYS, name="referrals_by_keys"),
        ]

    @property
    def name(self) -> str:
        """The person's name; "" where a draft has none yet."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """The name that both sides use on the telephone."""
        return f"{self.name}, born {dates.on(self.born)}"

    @property
    def on_programme(self) -> bool:
        """Whether the programme goes on for the person."""
        episode = getattr(self, "episode", None)
        return episode is not None and episode.ended_at is None

    @property
    def may_be_taken_back(self) -> bool:
        """Whether the referrer can still take it back: neither declined nor taken back, and no programme ended."""
        began = getattr(self, "episode", None) is not None
        return State.WITHDRAWN in TRANSITIONS[State(self.state)] and (self.on_programme or not began)

    @property
    def under_way(self) -> bool:
        """Whether the referrer may still put something right: it can be taken back, or the programme goes on."""
        return State.WITHDRAWN in TRANSITIONS[State(self.state)] or self.on_programme

    def known(self, name: str) -> str:
        """Return one of the person's own contact details, as it is used to reach them.

        A change by the service counts. Otherwise the detail follows the referrer: an address that the police take out,
        because the victim lives there now, appears nowhere.
        """
        own = getattr(self, "own_contact", None)
        follows = own is None or own.beside[name] == getattr(own, name)
        found: str = getattr(self if follows else own, name)
        return found

    @property
    def may_be_told(self) -> bool:
        """Whether a partner can still be named for it: none is named yet, and no alert was raised unheard."""
        return not self.partner and self.state in {State.RECEIVED, State.CONSULTATION}

    def happened(self, what: Happened, *, by: str, at: datetime, detail: str = "") -> None:
        """Write a line of the timeline, in the transaction of the change that it tells of."""
        self.happenings.create(what=what, by=by, at=at, detail=detail)


class Happening(models.Model):
    """One thing that happened to a referral: a line of its timeline. `detail` holds coded words alone."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="happenings",
        db_comment="Referral that it happened to",
    )
    what = models.CharField(max_length=40, choices=Happened.choices, db_comment="What happened, coded")
    detail = models.CharField(max_length=300, blank=True, db_comment="Coded words about it; never free text")
    by = models.CharField(max_length=40, db_comment="Account that did it; empty: the partner")
    at = models.DateTimeField(db_comment="When it happened")

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="happenings_of_a_referral")]


class Change(models.Model):
    """One answer that was put right, as it read before and after.

    Why is coded; a change of the person's own contact details, made here, needs no reason.
    """

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="changes", db_comment="Referral that was changed"
    )
    name = models.CharField(max_length=40, db_comment="Name of the answer")
    before = models.TextField(blank=True, db_comment="The answer before")
    after = models.TextField(blank=True, db_comment="The answer after")
    reason = models.CharField(
        max_length=40,
        choices=lists.AmendReason.choices,
        blank=True,
        db_comment="Why it was put right, coded; empty for contact details that are changed here",
    )
    by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that typed it here; empty where it came from the referrer's software",
    )
    at = models.DateTimeField(db_comment="When it was put right")

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="changes_of_a_referral")]
