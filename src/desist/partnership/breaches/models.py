"""Breaches of conditions, as reported; whether one happened is decided by the police and the courts."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.partnership.breaches.codes import BAIL, Decision, Source, Step
from desist.partnership.orders import codes
from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track()
class Breach(models.Model):
    """One reported breach: which conditions, and what the police decided about it."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="breaches")
    version = models.PositiveIntegerField(default=1)
    conditions = ArrayField(models.PositiveSmallIntegerField())
    happened_on = models.DateField()
    reported_on = models.DateField()
    source = models.CharField(max_length=20, choices=Source.choices)
    channel = models.CharField(max_length=20, choices=codes.Channel.choices)
    victim_contact = models.BooleanField()
    account = models.TextField(blank=True)
    excuse = models.TextField(blank=True)
    crime_reference = models.CharField(max_length=24, blank=True)
    #: "record as stalking too?"; None while nobody decided
    also_stalking = models.BooleanField(null=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    submission = models.CharField(max_length=64, unique=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_by="", decided_at=None)
                | (~Q(decision="") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="a_breach_decision_has_who_and_when",
            ),
            models.CheckConstraint(condition=Q(conditions__len__gt=0), name="a_breach_names_a_condition"),
        ]
        indexes = [
            models.Index(fields=["reported_on"], condition=Q(decision=""), name="breaches_open"),
        ]


class BreachStep(models.Model):
    """One dated fact of the case that a breach became: arrest, bail, charge, hearing. Added, never changed."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Step.choices)
    on = models.DateField()
    bail_conditions = models.BooleanField(null=True)
    submission = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Step.BAILED, bail_conditions__isnull=False)
                | (~Q(kind=Step.BAILED) & Q(bail_conditions=None)),
                name="bail_alone_has_conditions_or_none",
            )
        ]

    @property
    def called(self) -> str:
        """What happened, in words."""
        known = BAIL.get(self.bail_conditions) if self.bail_conditions is not None else None
        return known or str(Step(self.kind).label)


@pghistory.track()
class Certificate(models.Model):
    """A certificate of attendance as it came: which sessions on which days. Never what was said in them."""

    referral = models.ForeignKey(
        "partnership.Referral", on_delete=models.PROTECT, related_name="certificates"
    )
    area = models.CharField(max_length=40)
    ref = models.CharField(max_length=12, unique=True, default=reference)
    number = models.PositiveSmallIntegerField()
    requirement = models.TextField(blank=True)  # against which it was certified
    since = models.DateField(null=True)  # it names every session attended from this day on; none: every one
    # in parallel, and none where no session attended is recorded any more
    sessions = ArrayField(models.CharField(max_length=40))  # as the programme names it: "Catch-up session 5"
    days = ArrayField(models.DateField())
    # the day it was put down afterwards, or "at the time"
    entered = ArrayField(models.CharField(max_length=12))
    minutes = ArrayField(models.CharField(max_length=12))  # "20 of 90" where it ended early, or "as planned"
    certified_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "number", "certified_at"], name="a_certificate_is_kept_once"
            )
        ]
