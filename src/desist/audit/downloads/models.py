"""A file with names that one person asked for and a second one releases. The file itself is kept nowhere."""

from django.db import models
from django.db.models import F, Q

from desist.references import reference


class Download(models.Model):
    """What was asked for, by whom, why, and who released or refused it. It is made anew, sealed, when it is taken."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    criteria = models.JSONField()
    why = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=40)
    area = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    released = models.BooleanField(default=False)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "audit"
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="nobody_releases_their_own_file"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by="", released=False)
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="a_decided_download_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(decided_at=None), name="downloads_that_wait")
        ]
