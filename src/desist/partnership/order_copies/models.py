"""Certified copies of orders: encrypted, with the fingerprint of what was stored."""

import pghistory
from django.db import models

from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track(exclude=["sealed"])
class Copy(models.Model):
    """The certified copy of an order (section 8(5)), or of a change to it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="copies")
    title = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    key_id = models.CharField(max_length=20)
    sealed = models.BinaryField()
    stored_by = models.CharField(max_length=40)
    stored_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["order", "sha256"], name="the_same_copy_once"),
        ]
