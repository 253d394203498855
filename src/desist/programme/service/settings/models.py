"""The history of what a site edited of its reference data."""

from django.db import models

from desist.facts import AREA, REF, Retention
from desist.references import reference


class SettingChange(models.Model):
    """One change of one setting: before, after, why, who, when. Written once, never changed."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    kind = models.CharField(max_length=20, db_comment="Register that was changed")
    row = models.CharField(max_length=12, db_comment="Reference of the row that was changed")
    field = models.CharField(max_length=40, db_comment="Field that was changed")
    before = models.TextField(blank=True, db_comment="Words before")
    after = models.TextField(blank=True, db_comment="Words after")
    reason = models.CharField(max_length=200, db_comment="Reason for the change")
    by = models.CharField(max_length=40, db_comment="Account that made the change")
    at = models.DateTimeField(db_comment="When it was changed")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "row", "at"], name="changes_of_a_setting"),
            models.Index(fields=["area", "at"], name="changes_of_settings"),
        ]
