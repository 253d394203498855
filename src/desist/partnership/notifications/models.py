"""Duties to notify the police of names and home address, each with its clock."""

import pghistory
from django.db import models
from django.db.models import Q, TextChoices

from desist.facts import REF, SUBMISSION, Retention
from desist.partnership.orders.models import Order
from desist.references import reference


class Kind(TextChoices):
    """The event that began the three days."""

    FIRST = "first", "First notification after service"
    NAME = "name", "A new name"
    ADDRESS = "address", "A new home address"
    RESUMED = "resumed", "Again, after notification under the 2003 Act ended"


@pghistory.track()
class Notification(models.Model):
    """One duty to notify. What was notified stays in the force's own systems: here is that, when and where."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order,
        on_delete=models.PROTECT,
        related_name="notifications",
        db_comment="Order under which the person notifies",
    )
    kind = models.CharField(
        max_length=20, choices=Kind.choices, db_comment="Event that began the three days, coded"
    )
    began_on = models.DateField(db_comment="First day")
    due_on = models.DateField(db_comment="Last day to notify")
    given_on = models.DateField(null=True, db_comment="Day on which the person notified")
    station = models.CharField(max_length=100, blank=True, db_comment="Police station")
    received_by = models.CharField(
        max_length=80, blank=True, db_comment="Person who received the notification"
    )
    acknowledgement = models.CharField(
        max_length=40, blank=True, db_comment="Number of the written acknowledgement"
    )
    fingerprints = models.BooleanField(default=False, db_comment="Whether fingerprints were taken")
    photograph = models.BooleanField(default=False, db_comment="Whether a photograph was taken")
    checked_at = models.DateTimeField(
        null=True,
        db_comment="When it was looked for at the counter, in custody and at other forces, and not found",
    )
    checked_by = models.CharField(max_length=40, blank=True, db_comment="Account that looked")
    crime_reference = models.CharField(
        max_length=24, blank=True, db_comment="The force's own crime reference; never a name or a locator"
    )
    submission = models.CharField(max_length=64, blank=True, db_comment=SUBMISSION)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on=None, acknowledgement="")
                | (Q(given_on__isnull=False) & ~Q(acknowledgement="")),
                name="a_notification_has_its_acknowledgement",
            ),
            models.CheckConstraint(
                condition=Q(checked_by="", checked_at=None)
                | (~Q(checked_by="") & Q(checked_at__isnull=False)),
                name="a_check_has_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=~Q(submission=""), name="a_change_is_recorded_once"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(given_on=None), name="notifications_open")]
