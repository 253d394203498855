"""Exit reports as the programme sent them, kept with the site's own key."""

from django.db import models

from desist.partnership.referrals.models import Referral
from desist.references import reference


class ExitReport(models.Model):
    """One version of a report. `sealed` opens with the key set named `key` and for this row alone."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="exit_reports")
    number = models.PositiveSmallIntegerField()
    supersedes = models.PositiveSmallIntegerField()  # 0: the first version
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="one_report_a_version"),
        ]
