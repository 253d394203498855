"""Tags: the service's own words for what a record of an export or an incident shows, put on by a person."""

from django.db import models
from django.db.models import Q

from desist.advocacy.evidence.models import Original
from desist.advocacy.incidents.models import Incident
from desist.advocacy.victims.models import Victim
from desist.facts import REF, Retention
from desist.references import reference


class Tag(models.Model):
    """One tag of a client; its words are locked."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="tags", db_comment="Client whose file it is in"
    )
    words = models.BinaryField(db_comment="The words of the tag; locked")
    made_by = models.CharField(max_length=40, db_comment="Account that used it first")
    made_at = models.DateTimeField(db_comment="When it was used first")


class Tagged(models.Model):
    """A tag on one kept record of an export, or on one incident."""

    retention_class = Retention.CASE
    tag = models.ForeignKey(
        Tag, on_delete=models.PROTECT, related_name="on", db_index=False, db_comment="Tag that is on it"
    )
    original = models.ForeignKey(
        Original,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="Export that the record is from",
    )
    number = models.PositiveIntegerField(
        null=True, db_comment="Place of the record among the kept rows of the export"
    )
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Incident that it is on"
    )
    by = models.CharField(max_length=40, db_comment="Account that put it on")
    at = models.DateTimeField(db_comment="When it was put on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "original", "number"], name="a_tag_is_on_a_record_once"),
            models.UniqueConstraint(fields=["tag", "incident"], name="a_tag_is_on_an_incident_once"),
            models.CheckConstraint(
                condition=Q(original=None, number=None, incident__isnull=False)
                | Q(original__isnull=False, number__isnull=False, incident=None),
                name="a_tag_is_on_a_record_or_an_incident",
            ),
        ]
