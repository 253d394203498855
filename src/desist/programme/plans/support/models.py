"""Partner agencies, and who was referred to them with which outcome."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.agencies import Answers, Basis, Capacity, Need, Said
from desist.agencies.states import State
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.states import OverrideState
from desist.references import reference


@pghistory.track()
class Agency(models.Model):
    """One agency in the directory of an area. It is ended, never overwritten out of sight: its history is kept."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    name = models.CharField(max_length=120, db_comment="Name of the agency")
    needs = ArrayField(
        models.CharField(max_length=20, choices=Need.choices), db_comment="What it can help with"
    )
    phone = models.CharField(max_length=40, blank=True, db_comment="Its telephone number")
    how = models.TextField(blank=True, db_comment="How to refer a person to it")
    helps = models.TextField(blank=True, default="", db_default="", db_comment="Whom it helps")
    hours = models.CharField(
        max_length=200, blank=True, default="", db_default="", db_comment="When it can be reached"
    )
    languages = models.CharField(
        max_length=200, blank=True, default="", db_default="", db_comment="Languages spoken there"
    )
    capacity = models.CharField(
        max_length=12,
        choices=Capacity.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Whether it takes people at present, coded; empty where the service lists it itself",
    )
    answers = models.CharField(
        max_length=12,
        choices=Answers.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="How it answers referrals, coded; empty: as before it was asked, at the partner that keeps its entry, "
        "or by telephone",
    )
    checked_on = models.DateField(null=True, db_comment="Day on which its entry was last checked")
    agreement_ends_on = models.DateField(
        null=True, db_comment="Last day of the agreement under which it is told of people"
    )
    partner = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        db_comment="Partner that keeps the directory; empty where the service lists it itself",
    )
    listing = models.CharField(
        max_length=12, blank=True, default="", db_default="", db_comment="Its reference in that directory"
    )
    listed_at = models.DateTimeField(null=True, db_comment="When that partner sent the entry as it is here")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    added_by = models.CharField(max_length=40, db_comment="Account that listed it")
    added_at = models.DateTimeField(db_comment="When it was listed")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off the list")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name", "partner"],
                condition=Q(ended_at=None),
                name="an_agency_is_listed_once_by_each",
            ),
        ]


@pghistory.track()
class SupportReferral(models.Model):
    """A person referred to an agency, and what came of it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="support",
        db_comment="Episode of the person who is referred",
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="referrals",
        db_comment="Agency that the person is referred to",
    )
    need = models.CharField(max_length=20, choices=Need.choices, db_comment="What help is needed for, coded")
    agreed = models.BooleanField(db_comment="Whether the person agrees to what is passed on")
    without = models.TextField(
        blank=True,
        default="",
        db_default="",
        db_comment="Why it is passed on although the person does not agree",
    )
    told = models.TextField(db_comment="What is passed on")
    reach = models.TextField(
        blank=True, default="", db_default="", db_comment="How the agency can reach the person"
    )
    basis = models.CharField(
        max_length=16,
        choices=Basis.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Lawful basis of passing it on, coded; empty on referrals before it was asked",
    )
    thread = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        db_comment="Token shared with the partner that keeps the directory; never shown; empty where it was told by hand",
    )
    unread_since = models.DateTimeField(
        null=True, db_comment="When the agency said what nobody here has read yet; empty: all is read"
    )
    state = models.CharField(
        max_length=20,
        choices=State.choices,
        default=State.REFERRED,
        db_comment="Referred, accepted, not accepted or ended",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    outcome = models.TextField(blank=True, db_comment="What came of it")
    referred_on = models.DateField(db_comment="Day of the referral")
    answered_on = models.DateField(null=True, db_comment="Day on which the agency answered")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    referred_by = models.CharField(max_length=40, db_comment="Account that referred")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        indexes = [
            models.Index(fields=["episode"], condition=~Q(unread_since=None), name="support_unread"),
            models.Index(
                fields=["episode", "referred_on"], condition=Q(state="referred"), name="support_unanswered"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=~Q(thread=""), name="a_support_thread_is_one_referral"
            ),
            models.CheckConstraint(
                condition=Q(state="referred", answered_on=None)
                | (~Q(state="referred") & Q(answered_on__isnull=False)),
                name="an_answered_support_referral_has_its_day",
            ),
        ]


class SupportNews(models.Model):
    """One thing that an agency said of a referral, or was answered: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="news", db_comment="The referral"
    )
    said = models.CharField(
        max_length=12,
        choices=Said.choices,
        blank=True,
        db_comment="What the agency said, coded; empty: our answer",
    )
    on = models.DateField(db_comment="Day on which it happened")
    words = models.TextField(blank=True, db_comment="Words about it")
    by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that answered, or recorded what the agency said by telephone or letter; empty: the agency",
    )
    at = models.DateTimeField(db_comment="When it was recorded")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="news_of_a_support_referral")]


@pghistory.track()
class SupportOverride(models.Model):
    """A referral that the person said no to: one asks for it with a reason, a second person agrees or refuses."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="support_overrides",
        db_comment="Episode of the person who said no",
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="overrides", db_comment="Agency that would be told"
    )
    need = models.CharField(max_length=20, choices=Need.choices, db_comment="What help is needed for, coded")
    basis = models.CharField(max_length=16, choices=Basis.choices, db_comment="Lawful basis, coded")
    without = models.TextField(db_comment="Why it is passed on although the person does not agree")
    told = models.TextField(db_comment="What would be passed on")
    reach = models.TextField(blank=True, db_comment="How the agency could reach the person")
    state = models.CharField(
        max_length=12,
        choices=OverrideState.choices,
        default=OverrideState.WAITING,
        db_comment="Where it stands, coded",
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that asks for it")
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    decided_by = models.CharField(
        max_length=40, blank=True, db_comment="Account of the second person, or of the one who took it back"
    )
    decided_at = models.DateTimeField(null=True, db_comment="When it was decided")
    why = models.TextField(blank=True, db_comment="What the second person says about it")
    referral = models.OneToOneField(
        SupportReferral,
        null=True,
        on_delete=models.PROTECT,
        related_name="override",
        db_comment="Referral that it became",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [
            models.Index(fields=["episode"], condition=Q(state="waiting"), name="support_overrides_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by="", decided_at=None)
                | (~Q(state="waiting") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_decided_support_override_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", referral__isnull=False) | (~Q(state="agreed") & Q(referral=None)),
                name="an_agreed_support_override_is_a_referral",
            ),
        ]


class SupportLink(models.Model):
    """A link by which an agency without an account reads one referral and answers it. Only a digest of its codes is kept."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="links", db_comment="Referral that it shows"
    )
    digest = models.CharField(
        max_length=64,
        unique=True,
        db_comment="Digest of the link and its code together, by a key of the site; neither is kept",
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    until = models.DateTimeField(db_comment="When it ends")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that revoked it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was revoked")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="a_support_link_ends_after_it_is_made"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="one_support_link_at_a_time"
            ),
        ]
