"""Phones, and what comes from them. The zone of the person's pages reaches these rows by functions alone (migration 0029)."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import REF, SUBMISSION, Retention
from desist.programme.episodes.models import Episode
from desist.programme.phones.states import WITHOUT_ANSWER, Kind
from desist.programme.sessions.models import Session
from desist.references import reference

#: what staff have to answer
UNANSWERED = Q(answered_at=None) & ~Q(kind__in=WITHOUT_ANSWER)


@pghistory.track()
class Phone(models.Model):
    """One phone: an invitation made in the room, then the device that used it, until it is ended.

    Its secrets are kept as digests: of the invitation, of the device's own token, of the code with that token, and of the
    sitting. A code alone cannot be searched for in a copy of this table.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="phones", db_comment="Episode of the person"
    )
    invitation = models.CharField(
        max_length=64, unique=True, db_comment="Digest of the code of the invitation"
    )
    until = models.DateTimeField(db_comment="Moment up to which the invitation may be used")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    invited_by = models.CharField(max_length=40, db_comment="Account that made the invitation")
    invited_at = models.DateTimeField(db_comment="When the invitation was made")
    device = models.CharField(
        max_length=64, blank=True, db_comment="Digest of the token that the phone keeps"
    )
    pin = models.CharField(max_length=64, blank=True, db_comment="Digest of the token with the person's code")
    began_at = models.DateTimeField(null=True, db_comment="When the invitation was used")
    wrong = models.PositiveSmallIntegerField(
        default=0, db_comment="Number of wrong codes since the last right one"
    )
    sitting = models.CharField(max_length=64, blank=True, db_comment="Digest of the sign-in that is open")
    used_at = models.DateTimeField(null=True, db_comment="When the open sign-in was last used")
    passkey = models.CharField(
        max_length=2_000,
        blank=True,
        default="",
        db_default="",
        db_comment="Public half of the passkey by which the phone's own lock opens its pages; empty: none",
    )
    counter = models.BigIntegerField(
        default=0, db_default=0, db_comment="Counter of the passkey when it was last used"
    )
    asked_at = models.DateTimeField(
        null=True,
        db_comment="Moment of the newest question that the passkey answered; an earlier one counts no more",
    )
    ended_at = models.DateTimeField(null=True, db_comment="When the phone was ended")
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that ended it; empty: too many wrong codes"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device"], condition=~Q(device=""), name="a_device_is_one_phone"),
            models.UniqueConstraint(
                fields=["sitting"], condition=~Q(sitting=""), name="a_sitting_is_of_one_phone"
            ),
            models.CheckConstraint(
                condition=Q(began_at=None, device="", pin="", sitting="", used_at=None)
                | (Q(began_at__isnull=False) & ~Q(device="") & ~Q(pin="")),
                name="a_phone_in_use_has_its_code",
            ),
        ]


@pghistory.track()
class PhoneRequest(models.Model):
    """What a person sent from their phone: a task until it is answered, or the tick beside their homework."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="phone_requests", db_comment="Episode of the person"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, db_comment="What it is, coded")
    session = models.ForeignKey(
        Session,
        null=True,
        on_delete=models.PROTECT,
        related_name="phone_requests",
        db_comment="Session that it is about, or whose homework it was",
    )
    words = models.TextField(blank=True, db_comment="The person's own words")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    asked_at = models.DateTimeField(db_comment="When it was sent")
    answer = models.TextField(blank=True, db_comment="What was done about it; for staff")
    answered_by = models.CharField(max_length=40, blank=True, db_comment="Account that answered it")
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind"],
                condition=Q(session__isnull=False, answered_at=None),
                name="a_session_is_asked_about_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answer="")),
                name="an_answer_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["episode"], condition=Q(answered_at=None), name="requests_of_phones"),
        ]
