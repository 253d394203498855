"""A person's orders, told by the police or typed in: the minimal order, nothing about whom it protects."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Order(models.Model):
    """The newest that is known of one order; each notice or change takes the place of the one before."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="protection_orders")
    area = models.CharField(max_length=40)
    token = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)  # of `kinds`
    event = models.CharField(max_length=20)
    made_on = models.DateField()
    served_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    hearing_on = models.DateField(null=True)
    requirements = ArrayField(models.TextField(), default=list)
    exclusions = ArrayField(models.TextField(), default=list)
    told_at = models.DateTimeField()
    #: who typed it from its certified copy, where nobody tells of orders over the post; empty where the police told it
    typed_by = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "programme"
        constraints = [
            models.UniqueConstraint(fields=["referral", "token"], name="one_order_a_token"),
        ]
