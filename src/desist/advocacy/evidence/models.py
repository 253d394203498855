"""Files that came from a client, kept as they came: in pieces, each locked with the client's own key."""

from django.db import models
from django.db.models import Q

from desist.advocacy.evidence.states import GONE, Came, Custody, State
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


class Original(models.Model):
    """One file as it came; its pieces hold the bytes, and its custody log says what was done to it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="originals", db_comment="Client from whom it came"
    )
    name = models.BinaryField(db_comment="Name of the file; locked")
    came = models.CharField(max_length=12, choices=Came.choices, db_comment="Way in which it came, coded")
    size = models.PositiveBigIntegerField(db_comment="Bytes of the whole file")
    done = models.PositiveIntegerField(default=0, db_comment="Number of pieces that have arrived")
    digest = models.CharField(
        max_length=64, blank=True, db_comment="SHA-256 of the whole, once every piece is here"
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.ARRIVING, db_comment="How far it has come, coded"
    )
    same_as = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, db_comment="Earlier file with the very same bytes"
    )
    begun_by = models.CharField(max_length=40, db_comment="Account that began the upload")
    begun_at = models.DateTimeField(db_comment="When the upload began")
    touched_at = models.DateTimeField(db_comment="When the last piece arrived")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victim", "digest"],
                condition=~Q(digest="") & ~Q(state__in=GONE),
                name="a_file_is_kept_once_for_a_client",
            )
        ]


class Piece(models.Model):
    """A piece of a file, in the order of its number."""

    retention_class = Retention.CASE
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="pieces", db_comment="File that it is part of"
    )
    number = models.PositiveIntegerField(db_comment="Place in the file, from 0")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the piece as it arrived")
    sealed = models.BinaryField(db_comment="The bytes; locked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["original", "number"], name="a_piece_has_its_place")]


class CustodyEntry(models.Model):
    """One act in the custody log of a file, bound to the one before it by a hash."""

    retention_class = Retention.CASE
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="custody", db_comment="File that it is about"
    )
    position = models.PositiveIntegerField(db_comment="Place in the log, from 1")
    at = models.DateTimeField(db_comment="When it was done")
    by = models.CharField(max_length=40, db_comment="Account that did it; empty for the service itself")
    action = models.CharField(max_length=12, choices=Custody.choices, db_comment="What was done, coded")
    what = models.CharField(max_length=200, db_comment="What it was done to, without words of the client")
    sha256 = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of the file, where it was whole")
    previous = models.CharField(max_length=64, db_comment="Hash of the entry before it")
    link = models.CharField(max_length=64, db_comment="Hash of this entry and the one before it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["original", "position"], name="a_custody_entry_has_its_place")
        ]
