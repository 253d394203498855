"""The history of what a site edited of its reference data."""

from django.db import models

from desist.references import reference


class SettingChange(models.Model):
    """One field of one row that somebody changed: before, after, why, who, when. It is never changed itself."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    row = models.CharField(max_length=12)
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "programme"
        indexes = [
            models.Index(fields=["kind", "row", "at"], name="changes_of_a_setting"),
            models.Index(fields=["area", "at"], name="changes_of_settings"),
        ]
