"""A client's orders as the police told them, and the words about which the police asked."""

from django.db import models
from django.db.models import Q

from desist.advocacy.orders.states import Answer, Standing
from desist.advocacy.victims.models import Victim
from desist.references import reference


class ClientOrder(models.Model):
    """The newest that the police told of one order; each time it takes the place of what was told before."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="orders")
    token = models.CharField(max_length=40)  # names it towards the police alone
    kind = models.CharField(max_length=40)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    made_on = models.DateField()
    served_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    words = models.BinaryField()  # the conditions that protect the client, locked
    waiting = models.PositiveSmallIntegerField()  # conditions whose words the police have not released
    told_at = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
        constraints = [models.UniqueConstraint(fields=["victim", "token"], name="an_order_of_a_client_once")]


class ClearanceAsked(models.Model):
    """Words about which the police asked, until they are answered: emptied then."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="clearances")
    token = models.CharField(max_length=40, unique=True)
    words = models.BinaryField()  # locked
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "advocacy"
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
