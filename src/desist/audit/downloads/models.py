"""Requests for files with names: one person asks and a second one releases. No table keeps the file itself."""

from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.references import reference


class Download(models.Model):
    """A request for a file with names, and who released or refused it. The file is made anew when it is downloaded."""

    retention_class = Retention.AUDIT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    kind = models.CharField(max_length=40, db_comment="Kind of file")
    title = models.CharField(max_length=200, db_comment="Title of the file, without a name in it")
    criteria = models.JSONField(
        db_comment="What the file is limited to: references of an account and a case, kinds and days"
    )
    why = models.CharField(max_length=200, db_comment="What the file is needed for")
    asked_by = models.CharField(
        max_length=40, db_comment="Account that asked for it; no other account may download it"
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    released = models.BooleanField(default=False, db_comment="Whether it was released")
    decided_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that released or refused it: never the one that asked"
    )
    decided_at = models.DateTimeField(
        null=True, db_comment="When it was released or refused; 24 hours after a release the file is gone"
    )
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
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
