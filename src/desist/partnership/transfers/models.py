"""Offers of orders to other forces, and those that other forces make here."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.orders.models import Order
from desist.partnership.transfers.states import State
from desist.references import reference


@pghistory.track()
class Transfer(models.Model):
    """One offer of an order, made here or by another force. Until it is accepted the sender holds the order."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    order = models.ForeignKey(
        Order,
        null=True,
        on_delete=models.PROTECT,
        related_name="transfers",
        db_comment="Order that is offered or was taken over; empty while another force's offer waits",
    )
    incoming = models.BooleanField(default=False, db_comment="Whether another force offers it to this one")
    partner = models.CharField(max_length=60, db_comment="The other force")
    thread = models.CharField(
        max_length=40, unique=True, db_comment="Token shared with that force alone; never shown"
    )
    to_area = models.CharField(max_length=40, db_comment="Police area to which it is offered")
    contact = models.CharField(max_length=120, blank=True, db_comment="Whom the receiver can telephone")
    reason = models.TextField(blank=True, db_comment="Why it is offered; both forces read it")
    answer_by = models.DateField(null=True, db_comment="Last day for an answer: then the offer lapses")
    offered_by = models.CharField(max_length=40, db_comment="Account that offered it, or the post")
    offered_at = models.DateTimeField(db_comment="When it was offered or arrived")
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.OFFERED, db_comment="Where it stands"
    )
    words = models.TextField(blank=True, db_comment="Words of the answer; both forces read them")
    answered_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that answered, withdrew or renewed it, or the post"
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered or withdrawn")
    sealed_offer = models.BinaryField(
        default=bytes,
        db_comment="Another force's order as offered, locked with the site's key; emptied once it is answered",
    )
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="offered", incoming=False), name="one_offer_of_an_order"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", answered_by="", answered_at=None)
                | (~Q(state="offered") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="an_answered_offer_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(words=""), name="a_refused_order_says_why"
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "offered_at"], name="transfers_of_an_area")]

    def stands(self, today: date) -> bool:
        """Whether it still waits for an answer that counts."""
        return self.state == State.OFFERED and not self.lapsed(today)

    def lapsed(self, today: date) -> bool:
        """Whether its last day is over and nobody answered it."""
        return self.state == State.OFFERED and self.answer_by is not None and self.answer_by < today
