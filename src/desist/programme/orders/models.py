"""A person's orders, told by the police or typed in: the minimal order, nothing about the person it protects."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.facts import AREA, REF, VERSION, Retention
from desist.programme.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Order(models.Model):
    """What the programme knows of one order; each notice replaces the one before."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="protection_orders",
        db_comment="Referral of the person",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    token = models.CharField(max_length=40, db_comment="Names the order towards the police; never shown")
    kind = models.CharField(max_length=40, db_comment="Kind of order, coded")
    event = models.CharField(max_length=20, db_comment="Event of the newest notice, coded")
    made_on = models.DateField(db_comment="Day on which it was made")
    served_on = models.DateField(null=True, db_comment="Day on which it was served")
    ends_on = models.DateField(null=True, db_comment="Last day; empty: until a further order")
    hearing_on = models.DateField(null=True, db_comment="Day of the next hearing")
    requirements = ArrayField(
        models.TextField(), default=list, db_comment="What the person must do that concerns the programme"
    )
    exclusions = ArrayField(
        models.TextField(),
        default=list,
        db_comment="Areas where the person may not be, in words that name no address",
    )
    told_at = models.DateTimeField(db_comment="When the police told it, or when it was typed in")
    typed_by = models.CharField(
        max_length=40,
        blank=True,
        db_comment="Account that typed it from its certified copy; empty where the police told it",
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "token"], name="one_order_a_token"),
        ]
