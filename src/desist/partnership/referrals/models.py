"""A referral as the police write it, send it and follow it."""

from datetime import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q

from desist import codes
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.referrals import states
from desist.partnership.referrals.states import Happened, State
from desist.partnership.tokens import token
from desist.references import reference
from desist.referral import answers, lists
from desist.referral.forgetting import forgets
from desist.referral.police_areas import PoliceArea
from desist.ui import dates

#: the keys of the search: `desist.referral.finding`
KEYS = Func(*("given_names", "family_name", "aliases", "own_phone", "own_email"), function="public.found_by")


@pghistory.track()
class Referral(models.Model):
    """A draft until it is sent or discarded; every answer may be missing until then. Holds nothing about the victim."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.DRAFT, db_comment="Where the referral stands"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    programme = models.CharField(max_length=60, blank=True, db_comment="Partner that it goes to")
    thread = models.CharField(
        max_length=40, null=True, unique=True, db_comment="Token shared with that partner alone; never shown"
    )
    pair = models.CharField(
        max_length=40,
        default=token,
        db_index=True,
        db_comment="Pair token: rows with the same token belong together; never shown, never sent",
    )
    started_by = models.CharField(max_length=40, db_comment="Account that began it")
    started_at = models.DateTimeField(db_comment="When it was begun")
    held_by = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Account that it was given to since; empty: the one that sent it",
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)
    sent_at = models.DateTimeField(null=True, db_comment="When it was sent")

    given_names = models.CharField(
        max_length=100, blank=True, db_comment="Given names of the person referred"
    )
    family_name = models.CharField(
        max_length=100, blank=True, db_comment="Family name of the person referred"
    )
    aliases = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        db_comment="Other names of the person referred",
    )
    born = models.DateField(null=True, db_comment="Date of birth of the person referred")
    pnc = models.CharField(
        max_length=20, blank=True, db_comment="PNC number; unverified where its check letter does not fit"
    )
    cro = models.CharField(
        max_length=20, blank=True, db_comment="CRO number; unverified where its check letter does not fit"
    )
    contact_by = models.CharField(
        max_length=40,
        choices=lists.ContactBy.choices,
        blank=True,
        db_comment="How the person wants to be contacted",
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
        max_length=40,
        choices=codes.Route.choices,
        blank=True,
        db_comment="How the person was referred, coded",
    )
    legal_basis = models.CharField(
        max_length=40,
        choices=codes.LegalBasis.choices,
        blank=True,
        db_comment="Legal basis for sharing, coded",
    )
    proceedings = models.CharField(
        max_length=40,
        choices=codes.Proceedings.choices,
        blank=True,
        db_comment="Where the criminal case stands",
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
        blank=True,
        db_comment="Relationship of the person to the victim, coded",
    )
    behaviour_account = models.TextField(
        blank=True, db_comment="What the person did, in the referrer's words, without the victim's identity"
    )
    offence_kind = models.CharField(
        max_length=40, choices=lists.Offence.choices, blank=True, db_comment="Kind of index offence, coded"
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
        max_length=40, choices=lists.Referrer.choices, blank=True, db_comment="Kind of referrer, coded"
    )
    referrer_organisation = models.CharField(
        max_length=120, blank=True, db_comment="The referrer's organisation or unit"
    )
    referrer_name = models.CharField(max_length=80, blank=True, db_comment="The officer or worker to contact")
    referrer_phone = models.CharField(max_length=40, blank=True, db_comment="Their work telephone")
    referrer_email = models.CharField(max_length=120, blank=True, db_comment="Their work e-mail")

    discard_reason = models.CharField(
        max_length=40,
        choices=lists.DiscardReason.choices,
        blank=True,
        db_comment="Why a draft was discarded, coded; its answers are emptied then",
    )
    withdraw_reason = models.CharField(
        max_length=40,
        choices=lists.WithdrawReason.choices,
        blank=True,
        db_comment="Why it was taken back, coded",
    )
    amendments = models.PositiveSmallIntegerField(
        default=0, db_comment="How many times it was put right after it was sent"
    )
    decision_reason = models.CharField(max_length=200, blank=True, db_comment="The programme's coded reason")
    decided_at = models.DateTimeField(null=True, db_comment="When the programme decided")
    stage = models.CharField(
        max_length=20,
        choices=codes.Stage.choices,
        blank=True,
        db_comment="How far the person has come, coded",
    )
    attended = models.PositiveSmallIntegerField(default=0, db_comment="Number of sessions attended")
    planned = models.PositiveSmallIntegerField(default=0, db_comment="Number of sessions planned")
    missed = models.PositiveSmallIntegerField(default=0, db_default=0, db_comment="Number of sessions missed")
    next_on = models.DateField(null=True, db_comment="Day of the next planned session")
    last_on = models.DateField(null=True, db_comment="Day of the last planned session")
    progress_at = models.DateTimeField(null=True, db_comment="When the newest notice was sent")

    class Meta:
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
            GinIndex(KEYS, name="sent_referrals_by_keys"),
        ]

    @property
    def name(self) -> str:
        """The person's name; "" while a draft has none."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """The words for the person on the telephone with the programme."""
        return f"{self.name}, born {dates.on(self.born)}" if self.born else self.name

    def happened(self, what: Happened, *, by: str, at: datetime, detail: str = "") -> None:
        """Write a line of the timeline, in the transaction of the change that it describes."""
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
        indexes = [models.Index(fields=["referral", "at"], name="happenings_of_a_sent_one")]


class News(models.Model):
    """News of a referral from the programme: unread until the person who sent the referral opens it."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="news", db_comment="Referral that the news is about"
    )
    what = models.CharField(
        max_length=20,
        choices=states.News.choices,
        db_comment="What the programme told, coded: a decision, planned or missed sessions, the end, an exit report",
    )
    came_at = models.DateTimeField(db_comment="When it arrived")
    read_by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that read it: of the person who sent the referral, or of a force lead once that person left",
    )
    read_at = models.DateTimeField(null=True, db_comment="When it was read")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by="", read_at=None) | (~Q(read_by="") & Q(read_at__isnull=False)),
                name="news_that_was_read_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["referral"], condition=Q(read_at=None), name="news_unread")]
