"""Agencies as the police's directory lists them, and clients referred to them. Words are locked with the client's own key."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.advocacy.safety.models import Need
from desist.agencies import Answers, Basis, Capacity, Said
from desist.agencies import Need as Help
from desist.agencies.states import State
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.references import reference


class Agency(models.Model):
    """An entry of an area's directory that is open to advocacy services; a partner keeps it."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    partner = models.CharField(max_length=60, db_comment="Partner that keeps the directory")
    listing = models.CharField(max_length=12, db_comment="Its reference in that directory")
    name = models.CharField(max_length=120, db_comment="Name of the agency")
    needs = ArrayField(
        models.CharField(max_length=20, choices=Help.choices), db_comment="What it can help with, coded"
    )
    helps = models.TextField(blank=True, db_comment="Whom it helps")
    phone = models.CharField(max_length=40, blank=True, db_comment="Its telephone number")
    hours = models.CharField(max_length=200, blank=True, db_comment="When it can be reached")
    languages = models.CharField(max_length=200, blank=True, db_comment="Languages spoken there")
    how = models.TextField(blank=True, db_comment="How to refer to it")
    capacity = models.CharField(
        max_length=12, choices=Capacity.choices, db_comment="Whether it takes people at present, coded"
    )
    answers = models.CharField(
        max_length=12,
        choices=Answers.choices,
        default=Answers.ACCOUNT,
        db_default=Answers.ACCOUNT,
        db_comment="How it answers referrals, coded",
    )
    agreement_ends_on = models.DateField(
        null=True, db_comment="Last day of the agreement under which it is told of people"
    )
    checked_on = models.DateField(db_comment="Day on which its entry was last checked")
    listed_at = models.DateTimeField(db_comment="When the partner sent the entry as it is here")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "listing"], name="an_entry_of_a_directory_once")
        ]


class SupportReferral(models.Model):
    """A client referred to an agency about one need, with their agreement."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="referrals", db_comment="Need that it is about"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="referrals", db_comment="Agency it is for"
    )
    help = models.CharField(max_length=20, choices=Help.choices, db_comment="What help is needed for, coded")
    basis = models.CharField(max_length=16, choices=Basis.choices, db_comment="Lawful basis, coded")
    words = models.BinaryField(db_comment="How to reach the client, and what is passed on; locked")
    thread = models.CharField(
        max_length=40,
        unique=True,
        db_comment="Token shared with the partner that keeps the directory; never shown",
    )
    by_post = models.BooleanField(
        default=True,
        db_default=True,
        db_comment="Whether it went to that partner; if not, the agency answers by a link or by telephone",
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.REFERRED, db_comment="Where it stands, coded"
    )
    unread_since = models.DateTimeField(
        null=True, db_comment="When the agency said what nobody here has read yet; empty: all is read"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    referred_on = models.DateField(db_comment="Day of the referral")
    referred_by = models.CharField(max_length=40, db_comment="Account that referred")
    referred_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
        indexes = [
            models.Index(fields=["need"], condition=~Q(unread_since=None), name="client_support_unread"),
            models.Index(
                fields=["referred_on"], condition=Q(state="referred"), name="client_support_unanswered"
            ),
        ]


class SupportNews(models.Model):
    """One thing that an agency said of a referral, or was answered: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        SupportReferral, on_delete=models.PROTECT, related_name="news", db_comment="The referral"
    )
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="+", db_comment="Need that the referral is about"
    )
    said = models.CharField(
        max_length=12,
        choices=Said.choices,
        blank=True,
        db_comment="What the agency said, coded; empty: our answer",
    )
    on = models.DateField(db_comment="Day on which it happened")
    words = models.BinaryField(db_comment="Words about it; locked")
    by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that answered, or recorded what the agency said by telephone or letter; empty: the agency",
    )
    at = models.DateTimeField(db_comment="When it was recorded")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="news_of_a_client_referral")]


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
                condition=Q(until__gt=F("made_at")), name="a_client_support_link_ends_after_it_is_made"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="one_client_support_link_at_a_time"
            ),
        ]
