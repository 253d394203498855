"""Incidents that were sent to the police, and the police's answers."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.incidents.models import Incident
from desist.advocacy.packs.states import State
from desist.facts import REF, SUBMISSION, Retention
from desist.references import reference


@pghistory.track()
class BreachPack(models.Model):
    """One incident sent to the police, as the client chose. Its words stay with the incident."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    incident = models.OneToOneField(
        Incident, on_delete=models.PROTECT, related_name="pack", db_comment="Incident that was sent"
    )
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names it towards that force alone; never shown"
    )
    police = models.CharField(max_length=60, db_comment="Police site that it went to")
    state = models.CharField(
        max_length=12,
        choices=State.choices,
        default=State.SENT,
        db_comment="Whether the police gave a crime reference",
    )
    contact = models.CharField(max_length=20, db_comment="Work telephone number for calls back")
    sent_by = models.CharField(max_length=40, db_comment="Account that sent it")
    sent_at = models.DateTimeField(db_comment="When it was sent")
    ring_at = models.DateTimeField(
        db_comment="When the service rings the police if there is no crime reference"
    )
    crime_reference = models.CharField(
        max_length=60, blank=True, db_comment="The crime reference that the police gave"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When the police gave the crime reference")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", crime_reference="", answered_at=None)
                | (Q(state="recorded", answered_at__isnull=False) & ~Q(crime_reference="")),
                name="a_recorded_pack_has_its_crime_reference",
            )
        ]
        indexes = [models.Index(fields=["ring_at"], condition=Q(state="sent"), name="packs_to_ring_about")]


class PackCall(models.Model):
    """One telephone call to the police about a pack: added, never changed."""

    retention_class = Retention.CASE
    pack = models.ForeignKey(
        BreachPack, on_delete=models.PROTECT, related_name="calls", db_comment="Pack that the call was about"
    )
    whom = models.CharField(max_length=120, db_comment="Person who was rung")
    by = models.CharField(max_length=40, db_comment="Account that rang")
    at = models.DateTimeField(db_comment="When they were rung")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
