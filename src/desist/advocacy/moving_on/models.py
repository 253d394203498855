"""Offers of clients to a service elsewhere, and those that other services make here."""

from django.db import models
from django.db.models import Q

from desist.advocacy.victims.models import Victim
from desist.moving_in.offers.models import ANSWERED, Offer


class ClientOffer(Offer):
    """One offer of a client. Words of one made here are locked with the client's own key."""

    victim = models.ForeignKey(
        Victim,
        null=True,
        on_delete=models.PROTECT,
        related_name="offers",
        db_comment="Client who is offered or was taken over; empty while another service's offer waits",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ANSWERED, name="an_answered_offer_of_a_client_says_by_whom"),
            models.UniqueConstraint(
                fields=["victim"], condition=Q(state="offered", incoming=False), name="one_offer_of_a_client"
            ),
        ]
        indexes = [models.Index(fields=["area", "state"], name="offers_of_clients")]
