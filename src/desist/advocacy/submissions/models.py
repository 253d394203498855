"""What clients send by themselves, through a page without sign-in: links, and what came through them.

What comes is locked to the public half of the link's own key; the private half is locked with the client's key. So the page
that takes it in can open nothing, and what was sent goes with the client's key.
"""

import pghistory
from django.db import models
from django.db.models import F, Q

from desist.advocacy.contacts.states import Channel
from desist.advocacy.evidence.models import Original
from desist.advocacy.submissions.states import Kind, State
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class SubmissionPage(models.Model):
    """How the page without sign-in is called, and at which address clients find it; the newest row counts."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    title = models.CharField(max_length=40, db_comment="Name of the page, in plain words of the service")
    address = models.CharField(
        max_length=200, blank=True, db_comment="Neutral address of the page; empty: the one of the site"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    changed_by = models.CharField(max_length=40, db_comment="Account that chose it")
    changed_at = models.DateTimeField(db_comment="When it was chosen")


@pghistory.track()
class SubmissionAgreement(models.Model):
    """A client's agreement that they may send things by a link, and how the link reaches them safely."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="submission_agreements",
        db_comment="Client who agreed",
    )
    channel = models.CharField(
        max_length=12, choices=Channel.choices, db_comment="Way that they named safe for the link, coded"
    )
    agreed_on = models.DateField(db_comment="Day on which they agreed")
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim"], condition=Q(ended_at=None), name="one_agreement_about_links_at_a_time"
            )
        ]


class SubmissionLink(models.Model):
    """A link for one submission of one client. Its code is shown once, and only its digest is kept."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="submission_links", db_comment="Client who sends"
    )
    digest = models.CharField(
        max_length=64,
        unique=True,
        db_comment="Digest of the code, by a key of the site; the code is not kept",
    )
    public = models.BinaryField(db_comment="Public half of the link's key: it locks what is sent")
    private = models.BinaryField(db_comment="Private half of it, locked with the client's own key")
    channel = models.CharField(
        max_length=12, choices=Channel.choices, db_comment="Way in which the client gets it, coded"
    )
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    until = models.DateTimeField(db_comment="When it ends")
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that revoked it; empty where the client had finished"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was revoked, or the client had finished")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("made_at")), name="a_submission_link_ends_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(ended_by="") | Q(ended_at__isnull=False),
                name="a_revoked_submission_link_says_when",
            ),
        ]


class Submitted(models.Model):
    """One file, or words, that a client sent. It is no evidence until an advocate accepts it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    link = models.ForeignKey(
        SubmissionLink,
        on_delete=models.PROTECT,
        related_name="submitted",
        db_comment="Link through which it came",
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, db_comment="What it is, coded")
    name = models.BinaryField(db_comment="Name of the file; locked to the link's key")
    size = models.PositiveBigIntegerField(db_comment="Bytes of the whole")
    first = models.CharField(
        max_length=64, db_comment="SHA-256 of its name and size with its first piece, by which it goes on"
    )
    done = models.PositiveIntegerField(default=0, db_comment="Number of pieces that have arrived")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.ARRIVING, db_comment="How far it has come, coded"
    )
    begun_at = models.DateTimeField(db_comment="When its first piece arrived")
    whole_at = models.DateTimeField(null=True, db_comment="When its last piece arrived")
    reason = models.BinaryField(null=True, db_comment="Why it was set aside; locked with the client's key")
    decided_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that accepted it or set it aside"
    )
    decided_at = models.DateTimeField(null=True, db_comment="When it was accepted or set aside")
    removed_at = models.DateTimeField(null=True, db_comment="When its bytes were removed")
    original = models.OneToOneField(
        Original, null=True, on_delete=models.PROTECT, db_comment="File of the client that it became"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "first"],
                condition=~Q(state__in=("gone", "erased")),
                name="a_submitted_file_is_kept_once_for_a_link",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("arriving", "gone", "erased")) | Q(whole_at__isnull=False),
                name="a_submitted_file_that_waits_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "kept")) & Q(original__isnull=False)
                | ~Q(state__in=("accepted", "kept")) & Q(original=None)
                | Q(state="erased"),
                name="an_accepted_submitted_file_is_a_file_of_the_client",
            ),
            models.CheckConstraint(
                condition=~Q(state="aside") | Q(reason__isnull=False),
                name="a_submitted_file_set_aside_says_why",
            ),
        ]


class SubmittedPiece(models.Model):
    """A piece of a file that a client sent, in the order of its number."""

    retention_class = Retention.CASE
    submitted = models.ForeignKey(
        Submitted, on_delete=models.PROTECT, related_name="pieces", db_comment="What it is a piece of"
    )
    number = models.PositiveIntegerField(db_comment="Place in it, from 0")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the piece as it arrived")
    sealed = models.BinaryField(db_comment="The bytes; locked to the link's key")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submitted", "number"], name="a_submitted_piece_has_its_place")
        ]
