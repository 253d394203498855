"""Files attached to a referral, kept with the site's own key."""

from django.db import models
from django.db.models import Q

from desist.facts import REF, Retention
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Attachment(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone.

    One that was recalled has no name and holds nothing; it may have been recalled before it came.
    """

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="attachments",
        db_comment="Referral that it belongs to",
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
    added_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that attached it; empty: it came from the referrer"
    )
    added_at = models.DateTimeField(db_comment="When it was added")
    recalled_at = models.DateTimeField(
        null=True, db_comment="When the referrer recalled it; its name and content were deleted then"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "digest"], name="programme_file_attached_once"),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | Q(name="", size=0, sealed=b""),
                name="a_recalled_file_holds_nothing",
            ),
        ]
