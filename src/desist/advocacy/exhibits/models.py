"""Exhibits: rows and files of a client, chosen, numbered and made into a file that proves itself whole."""

from django.db import models
from django.db.models import Q

from desist.advocacy.evidence.models import Original
from desist.advocacy.exhibits.states import State, Unused, Why
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, VERSION, Retention
from desist.references import reference


class Exhibit(models.Model):
    """One exhibit. Its pieces hold the BagIt archive that was made of it, locked with the client's own key."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="exhibits",
        db_index=False,
        db_comment="Client whose evidence it is",
    )
    number = models.CharField(
        max_length=12, db_comment="Initials of the person who produces it and a number, as JD/1"
    )
    caption = models.BinaryField(db_comment="What it is, in words; locked")
    statement = models.BinaryField(db_comment="Who produces it, in words; locked")
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN, db_comment="How far it has come, coded"
    )
    before = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        db_comment="Finished exhibit of which it is a new version",
    )
    done = models.PositiveIntegerField(default=0, db_comment="Number of steps of the making that are done")
    steps = models.PositiveIntegerField(default=0, db_comment="Number of steps of the making in all")
    waits = models.CharField(
        max_length=300, blank=True, db_comment="Why it waits or was not made, in words for the page"
    )
    digest = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of the archive, once it is made")
    size = models.PositiveBigIntegerField(default=0, db_comment="Bytes of the archive, once it is made")
    locked_with = models.ForeignKey(
        Victim,
        null=True,
        on_delete=models.PROTECT,
        related_name="exhibits_to_lock",
        db_comment="Client with whose key its pieces are still locked, until the worker locked them anew",
    )
    begun_by = models.CharField(max_length=40, db_comment="Account that produces it")
    begun_at = models.DateTimeField(db_comment="When it was begun")
    closed_by = models.CharField(max_length=40, blank=True, db_comment="Account that finished it")
    closed_at = models.DateTimeField(null=True, db_comment="When it was finished")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["victim", "number"], name="an_exhibit_has_its_number"),
            models.CheckConstraint(
                condition=~Q(state=State.MADE) | (~Q(digest="") & Q(closed_at__isnull=False)),
                name="a_finished_exhibit_has_its_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LOCKING) | Q(locked_with__isnull=False),
                name="an_exhibit_that_is_locked_anew_names_its_key",
            ),
        ]


class ExhibitRow(models.Model):
    """A record of an export, or a whole file, that is on an exhibit."""

    retention_class = Retention.CASE
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="rows",
        db_index=False,
        db_comment="Exhibit that it is on",
    )
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="+", db_comment="File that it is from"
    )
    number = models.IntegerField(db_comment="Place among the kept rows of the file, -1 for the file itself")
    whole = models.BooleanField(
        default=False, db_comment="Whether the file itself goes with it as it came, and no picture made anew"
    )
    said = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="Whether the newest transcript of the recording goes with it",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "original", "number"], name="a_row_is_on_an_exhibit_once"
            )
        ]


class Redaction(models.Model):
    """A row of an exhibit whose words are left out, or words that are left out wherever they stand on it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="redactions",
        db_comment="Exhibit on which it is made",
    )
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="+", db_comment="File that the row is from"
    )
    number = models.IntegerField(db_comment="Place of the row among the kept rows of the file")
    words = models.BinaryField(db_comment="The words that are left out, empty for the whole row; locked")
    why = models.CharField(max_length=12, choices=Why.choices, db_comment="Reason, coded")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)


class UnusedReason(models.Model):
    """The reason why a conversation, or a whole file, is not on an exhibit."""

    retention_class = Retention.CASE
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="reasons",
        db_index=False,
        db_comment="Exhibit on which it is not",
    )
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="+", db_comment="File that it is from"
    )
    conversation = models.IntegerField(
        db_comment="Place of the conversation in what was found, -1 for the file"
    )
    reason = models.CharField(max_length=12, choices=Unused.choices, db_comment="Reason, coded")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "original", "conversation"], name="unused_material_has_one_reason"
            )
        ]


class ExhibitPiece(models.Model):
    """A piece of the archive that was made, in the order of its number."""

    retention_class = Retention.CASE
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="pieces",
        db_index=False,
        db_comment="Exhibit that it is part of",
    )
    number = models.PositiveIntegerField(db_comment="Place in the archive, from 0")
    sealed = models.BinaryField(db_comment="The bytes; locked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "number"], name="an_exhibit_piece_has_its_place")
        ]
