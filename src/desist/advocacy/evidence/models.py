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
    waits = models.CharField(
        max_length=300, blank=True, db_default="", db_comment="Why it waits, in words for the page"
    )
    read = models.PositiveIntegerField(
        default=0, db_default=0, db_comment="Number of records read so far, or in all"
    )
    found = models.BinaryField(null=True, db_comment="What was found in it; locked")
    answers = models.BinaryField(null=True, db_comment="Who is who and what was chosen of an export; locked")
    counts = models.JSONField(
        null=True, db_comment="Number of records of an export that were kept, and left out by reason"
    )
    locked_with = models.ForeignKey(
        Victim,
        null=True,
        on_delete=models.PROTECT,
        related_name="files_to_lock",
        db_comment="Client with whose key its bytes are still locked, until the worker locked them anew",
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
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LOCKING) | Q(locked_with__isnull=False),
                name="a_file_that_is_locked_anew_names_its_key",
            ),
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


class Transcript(models.Model):
    """What is said in a recording, as it was written down once; the newest counts, and none is ever changed."""

    retention_class = Retention.CASE
    original = models.ForeignKey(
        Original,
        on_delete=models.PROTECT,
        related_name="transcripts",
        db_index=False,
        db_comment="Recording that it is of",
    )
    number = models.PositiveIntegerField(db_comment="Number of the version")
    words = models.BinaryField(db_comment="What is said; locked")
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it down")
    written_at = models.DateTimeField(db_comment="When it was written down")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["original", "number"], name="versions_of_a_transcript_follow_each_other"
            )
        ]


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


class Block(models.Model):
    """The words of the rows of an export from `number` times blocks.ROWS on, locked as a whole."""

    retention_class = Retention.CASE
    original = models.ForeignKey(
        Original,
        on_delete=models.PROTECT,
        related_name="blocks",
        db_index=False,
        db_comment="Export that they are from",
    )
    number = models.PositiveIntegerField(db_comment="Place of the block, from 0")
    sealed = models.BinaryField(db_comment="Texts, times as written and warnings of its rows; locked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["original", "number"], name="a_block_has_its_place")]


class Record(models.Model):
    """One message, call or other record of an export that was chosen. Its words are in a block."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="records",
        db_index=False,
        db_constraint=False,  # the export's own client is checked, and the export by the blocks with the words of
        # these rows: a check of each row costs a fifth of bringing in
        db_comment="Client whose it is",
    )
    original = models.ForeignKey(
        Original,
        on_delete=models.PROTECT,
        related_name="records",
        db_index=False,
        db_constraint=False,  # as above
        db_comment="Export that it is from",
    )
    number = models.PositiveIntegerField(db_comment="Place among the kept rows of the export, from 0")
    at = models.DateTimeField(null=True, db_comment="When it was sent; empty where the export gives no time")
    minutes_ahead = models.SmallIntegerField(db_comment="Minutes by which the phone's clock was ahead of UTC")
    precision = models.CharField(max_length=12, db_comment="Finest step of the time that the export states")
    kind = models.CharField(max_length=12, db_comment="Kind of record, coded by the library")
    direction = models.CharField(max_length=8, db_comment="Sent or received, seen from the phone's owner")
    sent = models.BooleanField(
        default=True, db_default=True, db_comment="Whether it was sent: false for a draft and what failed"
    )
    sender = models.PositiveIntegerField(db_comment="Place of its sender in what was found")
    conversation = models.PositiveIntegerField(db_comment="Place of its conversation in what was found")
    line = models.PositiveIntegerField(db_comment="Line in the export, 0 where it has none")
    byte_start = models.BigIntegerField(db_comment="First byte in the export, -1 where bytes have no order")
    byte_end = models.BigIntegerField(db_comment="Byte after the last one")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["original", "number"], name="a_record_has_its_place")]
        indexes = [models.Index(fields=["victim", "at", "id"], name="records_of_a_client")]


class HourCount(models.Model):
    """The sent records of one kind and sender within one hour of the phone's clock, counted: pictures are drawn from these."""

    retention_class = Retention.CASE
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="hours",
        db_constraint=False,  # as with records
        db_comment="Client whose they are",
    )
    original = models.ForeignKey(
        Original,
        on_delete=models.PROTECT,
        related_name="hours",
        db_constraint=False,  # as with records
        db_comment="Export that they are from",
    )
    sender = models.PositiveIntegerField(db_comment="Place of their sender in what was found")
    kind = models.CharField(max_length=12, db_comment="Kind of record, coded by the library")
    timed = models.BooleanField(db_comment="Whether they state an hour, and not the day alone")
    minutes_ahead = models.SmallIntegerField(db_comment="Minutes by which the phone's clock was ahead of UTC")
    first = models.BigIntegerField(
        null=True, db_comment="Microseconds from 1970 to the first; empty without a time"
    )
    last = models.BigIntegerField(
        null=True, db_comment="Microseconds from 1970 to the last; empty without a time"
    )
    count = models.PositiveIntegerField(db_comment="Number of records")
