"""The people who are the subjects of the area's orders."""

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Value

from desist.facts import AREA, REF, Retention
from desist.references import reference


@pghistory.track()
class Person(models.Model):
    """A person who is subject to an order or to an application for one. Never a protected person."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    given_names = models.CharField(max_length=100, db_comment="Given names of the person subject to an order")
    family_name = models.CharField(max_length=100, db_comment="Family name of the person subject to an order")
    born = models.DateField(db_comment="Date of birth of the person subject to an order")
    added_by = models.CharField(max_length=40, db_comment="Account that added the person")
    added_at = models.DateTimeField(db_comment="When it was added")

    class Meta:
        indexes = [
            models.Index(fields=["area", "family_name", "born"], name="people_by_name"),
            GinIndex(
                Func(
                    *("given_names", "family_name", Value(None), Value(""), Value("")),
                    function="public.found_by",
                ),
                name="people_by_keys",
            ),
        ]
