"""Which police force a client lets this service speak with, and what came of asking."""

import pghistory
from django.db import models

from desist.advocacy.pairs.states import State
from desist.advocacy.victims.models import Victim


@pghistory.track()
class PairAsked(models.Model):
    """A pair request, as the client chose.

    Somebody whom the police referred stands from the start: of them there is none until they end it.
    """

    victim = models.OneToOneField(Victim, on_delete=models.PROTECT, related_name="pair")
    state = models.CharField(max_length=12, choices=State.choices)
    crime_reference = models.CharField(max_length=60)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
