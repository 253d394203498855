"""Exhibits that advocacy services sent with a report, in pieces, each locked with the site's own key."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.disclosure.codes import Recall
from desist.facts import REF, Retention
from desist.partnership.exhibits.states import Custody, State
from desist.partnership.reports.models import Report
from desist.references import reference


class Exhibit(models.Model):
    """One exhibit. A recalled one keeps its row and its custody log; its caption and its bytes are gone."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="exhibits", db_comment="Report that it came with"
    )
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names it towards that service alone; never shown"
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.ARRIVING, db_comment="How far it has come, coded"
    )
    number = models.CharField(
        max_length=12, blank=True, db_comment="Initials of the person who produces it and a number, as JD/1"
    )
    key = models.CharField(
        max_length=16, blank=True, db_comment="Which of the site's key sets opens its caption"
    )
    caption = models.BinaryField(db_comment="What it is, in words; locked, and emptied once it is recalled")
    formats = ArrayField(
        models.CharField(max_length=20), default=list, db_comment="Kinds of files inside, coded"
    )
    digest = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of the whole, as it was sent")
    size = models.PositiveBigIntegerField(default=0, db_comment="Bytes of the whole, as it was sent")
    parts = models.PositiveIntegerField(default=0, db_comment="Number of its pieces")
    here = models.PositiveIntegerField(default=0, db_comment="Number of pieces that are here")
    asked = ArrayField(
        models.PositiveIntegerField(),
        default=list,
        db_comment="Places of pieces that the service was asked for and that are not here",
    )
    asked_at = models.DateTimeField(null=True, db_comment="When the service was asked for pieces last")
    arrived_at = models.DateTimeField(db_comment="When its first message arrived")
    waits = models.BooleanField(
        default=False,
        db_default=False,
        db_comment="Whether it is here, and no officer has saved a copy yet: for To do",
    )
    recall_reason = models.CharField(
        max_length=40, choices=Recall.choices, blank=True, db_comment="Why it was recalled, coded"
    )
    recalled_at = models.DateTimeField(null=True, db_comment="When it was recalled")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="recalled", recalled_at__isnull=False, asked=[]) & ~Q(recall_reason=""))
                | (~Q(state="recalled") & Q(recalled_at=None, recall_reason="") & ~Q(digest="")),
                name="an_exhibit_has_its_hash_or_was_recalled",
            )
        ]
        indexes = [
            models.Index(
                fields=["arrived_at"],
                condition=Q(state__in=["arriving", "checking"]),
                name="exhibits_on_their_way",
            ),
            models.Index(fields=["report"], condition=Q(waits=True), name="exhibits_to_save"),
        ]


class ExhibitPiece(models.Model):
    """A piece of an exhibit. `sealed` opens with the key set named `key` and for this place of this exhibit alone."""

    retention_class = Retention.CASE
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="pieces",
        db_index=False,
        db_comment="Exhibit that it is part of",
    )
    number = models.PositiveIntegerField(db_comment="Place in the exhibit, from 0")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The bytes; locked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "number"], name="a_piece_of_an_exhibit_has_its_place")
        ]


class ExhibitCustody(models.Model):
    """One act in the custody log of an exhibit, bound to the one before it by a hash."""

    retention_class = Retention.CASE
    exhibit = models.ForeignKey(
        Exhibit,
        on_delete=models.PROTECT,
        related_name="custody",
        db_index=False,
        db_comment="Exhibit that it is about",
    )
    position = models.PositiveIntegerField(db_comment="Place in the log, from 1")
    at = models.DateTimeField(db_comment="When it was done")
    by = models.CharField(max_length=40, db_comment="Account that did it; empty for a site itself")
    action = models.CharField(max_length=12, choices=Custody.choices, db_comment="What was done, coded")
    what = models.CharField(max_length=200, db_comment="What it was done to, without words of the client")
    sha256 = models.CharField(max_length=64, blank=True, db_comment="SHA-256 of the exhibit, as it was sent")
    previous = models.CharField(max_length=64, db_comment="Hash of the entry before it")
    link = models.CharField(max_length=64, db_comment="Hash of this entry and the one before it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "position"], name="an_entry_about_an_exhibit_has_its_place"
            )
        ]
