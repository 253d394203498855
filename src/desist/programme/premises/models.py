"""Buildings and rooms. A manager can mark a building "never book" without a reason, and none is kept."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, Retention
from desist.references import reference


@pghistory.track()
class Premises(models.Model):
    """A building. One that is closed or never booked is not offered; practitioners cannot tell which it is."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    name = models.CharField(max_length=80, db_comment="Name of the building")
    address = models.CharField(max_length=200, blank=True, db_comment="Address of the building")
    never_book = models.BooleanField(
        default=False, db_comment="Whether it is never booked; no reason is kept"
    )
    listed_by = models.CharField(max_length=40, db_comment="Account that listed it")
    listed_at = models.DateTimeField(db_comment="When it was listed")
    closed_on = models.DateField(null=True, db_comment="Day on which it was taken off the list")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_on=None), name="premises_are_listed_once"
            ),
        ]


@pghistory.track()
class Room(models.Model):
    """A room where sessions are held. `name` says the building too: it is all that other pages show."""

    retention_class = Retention.REFERENCE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    name = models.CharField(max_length=120, db_comment="Name of the room and its building")
    area = models.CharField(max_length=40, db_comment=AREA)
    premises = models.ForeignKey(
        Premises, on_delete=models.PROTECT, related_name="rooms", db_comment="Building of the room"
    )
    closed_on = models.DateField(null=True, db_comment="Day on which it was taken off the list")
    barred_at = models.DateTimeField(
        null=True,
        db_comment="When it or its building was barred from booking; empty while it can be booked; no reason is kept",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_on=None), name="a_room_is_listed_once"
            ),
        ]
