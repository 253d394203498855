"""Exit reports as the programme sent them, kept with the site's own key."""

from django.db import models

from desist.facts import REF, Retention
from desist.partnership.referrals.models import Referral
from desist.references import reference


class ExitReport(models.Model):
    """One version of a report. `sealed` opens with the key set named `key` and for this row alone."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="exit_reports", db_comment="Referral that it answers"
    )
    number = models.PositiveSmallIntegerField(db_comment="Number of the version")
    supersedes = models.PositiveSmallIntegerField(
        db_comment="Number of the version that it replaces; 0 for the first"
    )
    signed_at = models.DateTimeField(db_comment="When the programme signed it")
    received_at = models.DateTimeField(db_comment="When it arrived")
    size = models.PositiveIntegerField(db_comment="Bytes")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the document")
    key = models.CharField(max_length=16, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The document, encrypted with the site's key")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="one_report_a_version"),
        ]
