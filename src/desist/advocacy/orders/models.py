"""A client's orders as the police told them, and the words about which the police asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.advocacy.orders.states import Answer, Standing
from desist.advocacy.victims.models import Victim
from desist.facts import REF, Retention
from desist.references import reference


class ClientOrder(models.Model):
    """What the police last told of one order; each notice replaces the one before."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim, on_delete=models.PROTECT, related_name="orders", db_comment="Client whom it protects"
    )
    token = models.CharField(max_length=40, db_comment="Names the order towards the police; never shown")
    kind = models.CharField(max_length=40, db_comment="Full or interim")
    standing = models.CharField(
        max_length=12,
        choices=Standing.choices,
        db_comment="Made, served or ended, as the police told it last",
    )
    made_on = models.DateField(db_comment="Day on which it was made")
    served_on = models.DateField(null=True, db_comment="Day on which it was served")
    ends_on = models.DateField(null=True, db_comment="Last day, or the day on which it ended")
    words = models.BinaryField(
        db_comment="The conditions that protect the client, locked with the client's key"
    )
    subjects = ArrayField(
        models.CharField(max_length=20),
        default=list,
        db_default=[],
        db_comment="Coded subjects of those conditions, in their order",
    )
    looked = models.CharField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        db_comment="What was known when it was last looked at for possible breaches",
    )
    waiting = models.PositiveSmallIntegerField(
        db_comment="Number of conditions whose words the police have not released"
    )
    told_at = models.DateTimeField(db_comment="When the police told it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["victim", "token"], name="an_order_of_a_client_once")]


class ClearanceAsked(models.Model):
    """Words about which the police asked, until they are answered: emptied then."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    victim = models.ForeignKey(
        Victim,
        on_delete=models.PROTECT,
        related_name="clearances",
        db_comment="Client whom the words may lead to",
    )
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names the question towards the police; never shown"
    )
    words = models.BinaryField(
        db_comment="The words, locked with the client's own key; emptied once they were answered"
    )
    asked_at = models.DateTimeField(db_comment="When the police asked")
    answer_by = models.DateTimeField(db_comment="When the police need the answer")
    answer = models.CharField(
        max_length=12, choices=Answer.choices, blank=True, db_comment="Cleared or refused"
    )
    answered_by = models.CharField(max_length=40, blank=True, db_comment="Account that answered")
    answered_at = models.DateTimeField(null=True, db_comment="When it was answered")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by="", answered_at=None)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                name="an_answer_has_who_and_when",
            )
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(answer=""), name="clearances_waiting"),
        ]
