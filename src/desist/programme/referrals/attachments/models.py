"""Files attached to a referral, kept with the site's own key."""

from django.db import models
from django.db.models import Q

from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.referral.files import LONGEST_NAME, Media


class Attachment(models.Model):
    """One file. `sealed` opens with the key set named `key` and for this row alone.

    One that was recalled has no name and holds nothing; it may have been recalled before it came.
    """

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=LONGEST_NAME)
    media = models.CharField(max_length=80, choices=[(one.value, one.name) for one in Media])
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()
    added_by = models.CharField(max_length=40, blank=True)  # empty: it came from the referrer
    added_at = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["referral", "digest"], name="programme_file_attached_once"),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | Q(name="", size=0, sealed=b""),
                name="a_recalled_file_holds_nothing",
            ),
        ]
