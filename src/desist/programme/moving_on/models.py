"""Offers of people to another programme, and those that other programmes make here."""

from django.db import models
from django.db.models import Q

from desist.moving_in.offers.models import ANSWERED, Offer
from desist.programme.episodes.models import Episode


class PersonOffer(Offer):
    """One offer of a person on the programme."""

    episode = models.ForeignKey(
        Episode,
        null=True,
        on_delete=models.PROTECT,
        related_name="offers",
        db_comment="Episode of the person; empty while another programme's offer waits",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ANSWERED, name="an_answered_offer_of_a_person_says_by_whom"),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state="offered", incoming=False), name="one_offer_of_a_person"
            ),
        ]
        indexes = [models.Index(fields=["area", "state"], name="offers_of_people")]
