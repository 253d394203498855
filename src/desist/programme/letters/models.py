"""The service's own words of letters, and the register of the letters that were written."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.letters import Variant
from desist.post import locked
from desist.programme.documents.models import Document
from desist.programme.episodes.models import Episode
from desist.programme.letters.states import Kind, State, Way
from desist.references import reference


@pghistory.track()
class LetterTemplate(models.Model):
    """The words of one kind of letter in one form; a change is a new row. Without a row the shipped words are used."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    kind = models.CharField(max_length=12, choices=Kind.choices, db_comment="Kind of letter, coded")
    variant = models.CharField(
        max_length=8, choices=Variant.choices, db_comment="Plain English, easy read or Welsh"
    )
    title = models.CharField(max_length=80, db_comment="Title of the letter, as its file is named to readers")
    text = models.TextField(db_comment="Words of the letter; known facts stand in braces")
    made_by = models.CharField(max_length=40, db_comment="Account that wrote the words")
    made_at = models.DateTimeField(db_comment="When the words were put into use")
    ended_at = models.DateTimeField(null=True, db_comment="When the words were replaced")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "variant"],
                condition=Q(ended_at=None),
                name="one_current_template_of_a_letter",
            ),
        ]


@pghistory.track()
class Letter(models.Model):
    """One letter: what it said stands in its document, who it went to and how stands here."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        related_name="letters",
        db_comment="Episode of the person whom it is to or about",
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="letter", db_comment="The letter as a PDF"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, db_comment="Kind of letter, coded")
    variant = models.CharField(
        max_length=8, choices=Variant.choices, db_comment="Plain English, easy read or Welsh"
    )
    to = models.CharField(max_length=240, db_comment="Name of the reader")
    sealed_basis = models.BinaryField(
        db_comment="Addresses and facts that it was written with, locked with the site's key"
    )
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.WRITTEN, db_comment="Written, sent or not sent"
    )
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it")
    written_at = models.DateTimeField(db_comment="When it was written")
    way = models.CharField(max_length=8, choices=Way.choices, blank=True, db_comment="How it went out")
    sent_on = models.DateField(null=True, db_comment="Day on which it went out")
    settled_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that sent it, or decided not to"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="sent", sent_on__isnull=False) & ~Q(way="") & ~Q(settled_by=""))
                | (Q(state="dropped", sent_on=None, way="") & ~Q(settled_by=""))
                | Q(state="written", sent_on=None, way="", settled_by=""),
                name="a_sent_letter_says_when_how_and_who",
            )
        ]
        indexes = [models.Index(fields=["written_at"], name="letters_by_day")]

    @property
    def basis(self) -> str:
        """The addresses and facts that it was written with; the table keeps them locked."""
        return locked.unlock(place="letter.basis", row=self.ref, sealed=self.sealed_basis)

    @basis.setter
    def basis(self, words: str) -> None:
        self.sealed_basis = locked.lock(place="letter.basis", row=self.ref, text=words)
