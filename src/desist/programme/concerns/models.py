"""A concern always leads to a person: who was told, when, and what they answered."""

import pghistory
from django.db import models

from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.references import reference


@pghistory.track()
class Concern(models.Model):
    """Raised by a practitioner; the other side gets an alert that holds nothing of it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="concerns")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="concerns")
    what = models.TextField()
    told_whom = models.CharField(max_length=120)
    told_at = models.DateTimeField()
    answer = models.TextField()
    contact = models.CharField(max_length=20)  # the number the alert carried
    submission = models.CharField(max_length=64, unique=True)  # a double click raises one concern
    raised_by = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)  # by a person on the other side
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        indexes = [models.Index(fields=["episode"], condition=models.Q(closed_at=None), name="open_concerns")]
