"""Kept filters."""

from django.db import models

from desist.facts import REF, Retention
from desist.programme.filters.states import List
from desist.references import reference


class KeptFilter(models.Model):
    """A filter of a list, kept by one account under a name."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, db_comment="Account that keeps it")
    of = models.CharField(max_length=20, choices=List.choices, db_comment="List that it filters, coded")
    name = models.CharField(max_length=40, db_comment="Name that the account gave it")
    query = models.CharField(max_length=200, db_comment="What it filters by: codes and references")
    kept_at = models.DateTimeField(db_comment="When it was kept")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "of", "name"], name="a_kept_filter_has_its_own_name"),
        ]
