"""What was certified against a requirement: the days somebody attended, and nothing of what was said."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports.states import Sent
from desist.references import reference


@pghistory.track()
class Certificate(models.Model):
    """One certificate with its document, kept with the site's own key. Written once, never changed."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="certificates")
    number = models.PositiveSmallIntegerField()
    requirement = models.TextField()
    since = models.DateField(null=True)  # the day the order was made: no earlier one is certified against it
    sessions = ArrayField(models.CharField(max_length=40))  # by title: every kind counts from 1
    days = ArrayField(models.DateField())
    submission = models.CharField(max_length=64, unique=True)
    issued_by = models.CharField(max_length=40)
    issued_at = models.DateTimeField()
    sent = models.CharField(max_length=20, choices=Sent.choices)
    size = models.PositiveIntegerField()  # bytes, as it was before it was sealed
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="a_certificate_has_its_number"),
            models.CheckConstraint(
                # a later one may name no session: it says that an earlier one named too many
                condition=models.Q(days__len__gt=0) | models.Q(number__gt=1),
                name="a_certificate_certifies_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="certificate_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
