"""Certified copies of orders: encrypted, with the fingerprint of what was stored."""

import pghistory
from django.db import models

from desist.facts import REF, Retention
from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track(exclude=["sealed"])
class Copy(models.Model):
    """The certified copy of an order (section 8(5)), or of a change to it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="copies", db_comment="Order that it belongs to"
    )
    title = models.CharField(max_length=100, db_comment="Title of the copy")
    sha256 = models.CharField(max_length=64, db_comment="SHA-256 of the file")
    size = models.PositiveIntegerField(db_comment="Size in bytes")
    key_id = models.CharField(max_length=20, db_comment="Which of the site's key sets opens it")
    sealed = models.BinaryField(db_comment="The file, encrypted with the site's key")
    stored_by = models.CharField(max_length=40, db_comment="Account that stored it")
    stored_at = models.DateTimeField(db_comment="When it was stored")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "sha256"], name="the_same_copy_once"),
        ]
