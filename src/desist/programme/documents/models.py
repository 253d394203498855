"""Documents of a person's case, kept with the site's own key."""

from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.programme.documents.states import Kind
from desist.programme.episodes.models import Episode
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Document(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone; it is empty once it was removed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, related_name="documents", db_comment="Episode of the person"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, db_comment="Kind of document, coded")
    dated = models.DateField(db_comment="Date on the document")
    name = models.CharField(max_length=LONGEST_NAME, db_comment="Its name, without folders")
    media = models.CharField(
        max_length=80,
        choices=[(one.value, one.name) for one in Media],
        db_comment="What it is, by its content",
    )
    size = models.PositiveIntegerField(db_comment="Bytes")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the content")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The content, encrypted with the site's key")
    filed_by = models.CharField(max_length=40, db_comment="Account that filed it")
    filed_at = models.DateTimeField(db_comment="When it was filed")
    removed_reason = models.CharField(
        max_length=200, blank=True, db_comment="Why it was removed; its name and content are deleted then"
    )
    removed_by = models.CharField(max_length=40, blank=True, db_comment="Account that removed it")
    removed_at = models.DateTimeField(null=True, db_comment="When it was removed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "digest"], condition=Q(removed_at=None), name="a_document_is_filed_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="", removed_reason="")
                | (
                    Q(removed_at__isnull=False, sealed=b"", name="")
                    & ~Q(removed_by="")
                    & ~Q(removed_reason="")
                ),
                name="a_removed_document_says_who_and_why_and_holds_nothing",
            ),
        ]
