"""Files of a referral that is being typed in."""

from django.db import models

from desist.facts import REF, Retention
from desist.programme.referrals.intake.models import Draft
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Enclosure(models.Model):
    """One file of a draft: it becomes an attachment of the referral, or goes with the draft that is discarded.

    `sealed` opens with the key set named `key` and for this row alone; the attachment keeps the row's name.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    draft = models.ForeignKey(
        Draft,
        on_delete=models.PROTECT,
        related_name="enclosures",
        db_comment="Draft that it belongs to; deleted here once the draft is taken in or discarded",
    )
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
    added_by = models.CharField(max_length=40, db_comment="Account that attached it")
    added_at = models.DateTimeField(db_comment="When it was added")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "digest"], name="draft_file_enclosed_once"),
        ]
