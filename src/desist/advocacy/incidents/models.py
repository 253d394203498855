"""The incident log: entries are never rewritten, only added to, since they may become evidence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist import codes
from desist.advocacy.incidents import states
from desist.advocacy.victims.models import Victim
from desist.references import reference


class Incident(models.Model):
    """One thing that happened to a client; what happened and where exactly is locked."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="incidents")
    happened_on = models.DateField()
    happened_time = models.TimeField(null=True)
    place = models.CharField(max_length=12, choices=states.Place.choices)
    behaviours = ArrayField(models.CharField(max_length=40, choices=codes.Behaviour.choices))
    channel = models.CharField(max_length=12, choices=states.Channel.choices)
    through = models.CharField(max_length=12, choices=states.Through.choices)
    marks = ArrayField(models.CharField(max_length=12, choices=states.Mark.choices), default=list)
    words = models.BinaryField()
    evidence = ArrayField(models.CharField(max_length=12, choices=states.Evidence.choices))
    told = ArrayField(models.CharField(max_length=12, choices=states.Told.choices))
    crime_reference = models.CharField(max_length=60, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
        constraints = [
            models.CheckConstraint(condition=~Q(behaviours=[]), name="an_incident_has_its_behaviours")
        ]
        indexes = [models.Index(fields=["victim", "happened_on"], name="incidents_of_a_victim")]


class Addition(models.Model):
    """Something that was added to an incident later: what else was known, or a crime reference."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="additions")
    words = models.BinaryField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
