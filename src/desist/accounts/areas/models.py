"""The areas that an administrator added, or named anew."""

from django.db import models

from desist.facts import REF, Retention
from desist.references import reference


class Area(models.Model):
    """An area as people here call it: rows, roles and envelopes go on naming it by its code, which never changes."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    code = models.CharField(
        max_length=40, unique=True, db_comment="The area as rows and envelopes name it: its first name"
    )
    name = models.CharField(max_length=40, unique=True, db_comment="The area's name on pages")
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
