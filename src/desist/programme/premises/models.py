"""Buildings and rooms. A building can be marked "never book"; nobody is asked why, and no reason is kept."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.references import reference


@pghistory.track()
class Premises(models.Model):
    """A building. One that is closed or never booked is not offered; practitioners cannot tell which it is."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True)
    never_book = models.BooleanField(default=False)
    listed_by = models.CharField(max_length=40)
    listed_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_on=None), name="premises_are_listed_once"
            ),
        ]


@pghistory.track()
class Room(models.Model):
    """A room where sessions are held. `name` says the building too: it is all that other pages show."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    name = models.CharField(max_length=120)
    area = models.CharField(max_length=40)
    premises = models.ForeignKey(Premises, on_delete=models.PROTECT, related_name="rooms")
    closed_on = models.DateField(null=True)
    #: since when it cannot be booked, it or its building; none while it can
    barred_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_on=None), name="a_room_is_listed_once"
            ),
        ]
