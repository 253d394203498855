"""The police force with which a client lets this service speak, and the force's answer to the request."""

import pghistory
from django.db import models

from desist.advocacy.pairs.states import State
from desist.advocacy.victims.models import Victim
from desist.facts import Retention


@pghistory.track()
class PairAsked(models.Model):
    """A pair request, as the client chose.

    A client whom the police referred stands from the start: they have no row until they end it.
    """

    retention_class = Retention.CASE
    victim = models.OneToOneField(
        Victim, on_delete=models.PROTECT, related_name="pair", db_comment="Client who chose it"
    )
    state = models.CharField(max_length=12, choices=State.choices, db_comment="Answer of the police, coded")
    crime_reference = models.CharField(
        max_length=60, db_comment="The police's own reference, as it was asked with"
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that asked")
    asked_at = models.DateTimeField(db_comment="When it was asked")
    answered_at = models.DateTimeField(
        null=True, db_comment="When the police answered, or the client ended it"
    )
