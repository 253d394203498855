"""The people whom orders of the area are about."""

import pghistory
from django.db import models

from desist.references import reference


@pghistory.track()
class Person(models.Model):
    """Somebody subject to an order, or to an application for one. Never a protected person."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    given_names = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born = models.DateField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["area", "family_name", "born"], name="people_by_name")]
