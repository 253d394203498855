"""What was sent to the police of an incident, and what they made of it."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.incidents.models import Incident
from desist.advocacy.packs.states import State
from desist.references import reference


@pghistory.track()
class BreachPack(models.Model):
    """One incident sent to the police, as the client chose. Its words stay with the incident."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="pack")
    token = models.CharField(max_length=40, unique=True)  # names it towards that force alone
    police = models.CharField(max_length=60)  # the partner
    state = models.CharField(max_length=12, choices=State.choices, default=State.SENT)
    contact = models.CharField(max_length=20)
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    ring_at = models.DateTimeField()  # without a crime reference by then somebody rings
    crime_reference = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
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

    pack = models.ForeignKey(BreachPack, on_delete=models.PROTECT, related_name="calls")
    whom = models.CharField(max_length=120)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    submission = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "advocacy"
