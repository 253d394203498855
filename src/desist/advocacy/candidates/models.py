"""What happened while an order was in force and may be a breach of it: a person confirms it or sets it aside."""

import pghistory
from django.db import models
from django.db.models import Q

from desist.advocacy.candidates.states import State
from desist.advocacy.incidents.models import Incident
from desist.advocacy.orders.models import ClientOrder
from desist.facts import REF, Retention
from desist.references import reference


@pghistory.track()
class Candidate(models.Model):
    """One incident, or one day of contacts in the records of exports, that one of an order's conditions may forbid."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        ClientOrder,
        on_delete=models.PROTECT,
        related_name="candidates",
        db_index=False,
        db_comment="Order that was in force",
    )
    day = models.DateField(db_comment="Day on which it happened")
    number = models.PositiveIntegerField(
        default=0, db_comment="Number of contacts in the records of that day; 0 of an incident"
    )
    incident = models.ForeignKey(
        Incident,
        null=True,
        on_delete=models.PROTECT,
        related_name="candidates",
        db_comment="Incident that it is about, or that was recorded when it was confirmed",
    )
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.OPEN, db_comment="What a person said of it, coded"
    )
    words = models.BinaryField(default=b"", db_comment="Why it was confirmed or set aside; locked")
    found_at = models.DateTimeField(db_comment="When it was found")
    decided_by = models.CharField(max_length=40, blank=True, db_comment="Account that decided")
    decided_at = models.DateTimeField(null=True, db_comment="When it was decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "incident"],
                condition=Q(number=0),
                name="an_incident_is_one_candidate_of_an_order",
            ),
            models.UniqueConstraint(
                fields=["order", "day"], condition=Q(number__gt=0), name="a_day_is_one_candidate_of_an_order"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0) | Q(incident__isnull=False), name="a_candidate_is_about_something"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by="", decided_at=None)
                | (~Q(state="open") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_decided_candidate_has_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["order", "day"], name="candidates_of_an_order")]
