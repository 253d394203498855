"""Files of a referral that is being typed in."""

from django.db import models

from desist.programme.referrals.intake.models import Draft
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Enclosure(models.Model):
    """One file of a draft: it becomes an attachment of the referral, or goes with the draft that is discarded.

    `sealed` opens with the key set named `key` and for this row alone; the attachment keeps the row's name.
    """

    ref = models.CharField(max_length=12, unique=True, default=reference)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="enclosures")
    name = models.CharField(max_length=LONGEST_NAME)
    media = models.CharField(max_length=80, choices=[(one.value, one.name) for one in Media])
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["draft", "digest"], name="draft_file_enclosed_once"),
        ]
