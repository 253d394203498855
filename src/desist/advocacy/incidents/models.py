"""The incident log: entries are never rewritten, only added to, since they may become evidence."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist import codes
from desist.advocacy.evidence.models import Original
from desist.advocacy.incidents import states
from desist.advocacy.victims.models import Victim
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


class Incident(models.Model):
    """One thing that happened to a client; what happened and where exactly is locked."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="incidents", db_comment="Client whom it happened to"
    )
    happened_on = models.DateField(db_comment="Day on which it happened")
    happened_time = models.TimeField(null=True, db_comment="Time at which it happened")
    ended_on = models.DateField(null=True, db_comment="Last day of what went on for longer")
    ended_time = models.TimeField(null=True, db_comment="Time at which it ended")
    times = models.PositiveIntegerField(null=True, db_comment="Number of times it happened in this span")
    counted = models.CharField(
        max_length=12,
        choices=states.Counted.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="Whether the number was counted or estimated, coded",
    )
    place = models.CharField(max_length=12, choices=states.Place.choices, db_comment="Kind of place, coded")
    more_places = ArrayField(
        models.CharField(max_length=12, choices=states.Place.choices),
        default=list,
        db_default=[],
        db_comment="Further kinds of place, coded",
    )
    behaviours = ArrayField(
        models.CharField(max_length=40, choices=codes.Behaviour.choices),
        db_comment="Acts associated with stalking, from the list of s.2A(3)",
    )
    channel = models.CharField(
        max_length=12, choices=states.Channel.choices, db_comment="Way in which it was done, coded"
    )
    through = models.CharField(
        max_length=12,
        choices=states.Through.choices,
        db_comment="Whether another person did it for them, coded",
    )
    marks = ArrayField(
        models.CharField(max_length=12, choices=states.Mark.choices),
        default=list,
        db_comment="Other features of the incident, coded",
    )
    words = models.BinaryField(
        db_comment="What happened, the exact place, the effect and the witnesses; locked"
    )
    evidence = ArrayField(
        models.CharField(max_length=12, choices=states.Evidence.choices),
        db_comment="Evidence that is kept, coded",
    )
    told = ArrayField(
        models.CharField(max_length=12, choices=states.Told.choices),
        db_comment="Bodies it was reported to, coded",
    )
    crime_reference = models.CharField(max_length=60, blank=True, db_comment="The police's own reference")
    heard = models.CharField(
        max_length=12,
        choices=states.Heard.choices,
        blank=True,
        default="",
        db_default="",
        db_comment="How the client told it to the service, coded",
    )
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded it")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(behaviours=[]), name="an_incident_has_its_behaviours"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("happened_on")),
                name="an_incident_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["victim", "happened_on"], name="incidents_of_a_victim")]


class Addition(models.Model):
    """A later addition to an incident: what else is known, or a crime reference."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="additions", db_comment="Incident that was added to"
    )
    words = models.BinaryField(db_comment="What was added; locked")
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)


class IncidentFile(models.Model):
    """A file of the client that shows something of an incident, as a person said."""

    retention_class = Retention.CASE
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        related_name="files",
        db_index=False,
        db_comment="Incident that it is on",
    )
    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="+", db_comment="File that is on it"
    )
    put_by = models.CharField(max_length=40, db_comment="Account that put it on the incident")
    put_at = models.DateTimeField(db_comment="When it was put on the incident")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "original"], name="a_file_is_on_an_incident_once")
        ]
