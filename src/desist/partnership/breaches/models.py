"""Breaches of conditions, as reported; whether one happened is decided by the police and the courts."""

from operator import attrgetter

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.breaches.codes import BAIL, DETAILS, Decision, Source, Step
from desist.partnership.breaches.states import State, state
from desist.partnership.orders import codes
from desist.partnership.orders.models import Order
from desist.references import reference


@pghistory.track()
class Breach(models.Model):
    """One reported breach: which conditions, and what the police decided about it."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="breaches", db_comment="Order that was breached"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    conditions = ArrayField(
        models.PositiveSmallIntegerField(), db_comment="Numbers of the conditions that were breached"
    )
    happened_on = models.DateField(db_comment="When it happened")
    reported_on = models.DateField(db_comment="When it was reported")
    source = models.CharField(
        max_length=20, choices=Source.choices, db_comment="How the breach became known, coded"
    )
    channel = models.CharField(
        max_length=20, choices=codes.Channel.choices, db_comment="Way in which it was done, coded"
    )
    victim_contact = models.BooleanField(db_comment="Whether the victim was contacted")
    account = models.TextField(
        blank=True, db_comment="What happened, without anything that leads to the victim"
    )
    excuse = models.TextField(blank=True, db_comment="The excuse the person gives")
    crime_reference = models.CharField(
        max_length=24, blank=True, db_comment="The force's own crime reference; never a name or a locator"
    )
    also_stalking = models.BooleanField(
        null=True, db_comment="Whether it is recorded as stalking too; empty until that is decided"
    )
    decision = models.CharField(
        max_length=20, choices=Decision.choices, blank=True, db_comment="What the police decided"
    )
    decided_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded the decision")
    decided_at = models.DateTimeField(null=True, db_comment="When the decision was recorded")
    reason = models.TextField(blank=True, db_comment="Reason for the decision")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    recorded_by = models.CharField(max_length=40, db_comment="Account that recorded the breach")
    recorded_at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
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

    @property
    def state(self) -> State:
        """The state of the case."""
        return state(sorted(self.steps.all(), key=attrgetter("pk")))


class BreachStep(models.Model):
    """One dated fact of the case that a breach became, from arrest to sentence. Added, never changed."""

    retention_class = Retention.CASE
    breach = models.ForeignKey(
        Breach, on_delete=models.PROTECT, related_name="steps", db_comment="Breach that it followed"
    )
    kind = models.CharField(
        max_length=12,
        choices=Step.choices,
        db_comment="Arrest, bail, charge, hearing, outcome, sentence, no further action or release",
    )
    on = models.DateField(db_comment="Day of the step")
    detail = models.CharField(
        max_length=16,
        blank=True,
        db_default="",
        choices=[choice for codes_ in DETAILS.values() for choice in codes_.choices],
        db_comment="Offence charged, finding of the court or sentence, coded",
    )
    officer = models.CharField(
        max_length=40, blank=True, db_default="", db_comment="Account of the officer who deals with the case"
    )
    note = models.TextField(
        blank=True, db_default="", db_comment="Note, without anything that leads to the victim"
    )
    bail_conditions = models.BooleanField(null=True, db_comment="Whether the bail has conditions")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    by = models.CharField(max_length=40, db_comment="Account that recorded it")
    at = models.DateTimeField(db_comment="When it was recorded")

    class Meta:
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
        if self.bail_conditions is not None:
            return BAIL[self.bail_conditions]
        said = f": {self.get_detail_display().lower()}" if self.detail else ""
        return f"{self.get_kind_display()}{said}"


@pghistory.track()
class Certificate(models.Model):
    """A certificate of attendance as it came: which sessions on which days. Never what was said in them."""

    retention_class = Retention.CASE
    referral = models.ForeignKey(
        "partnership.Referral",
        on_delete=models.PROTECT,
        related_name="certificates",
        db_comment="Referral of the person",
    )
    area = models.CharField(max_length=40, db_comment=AREA)
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    number = models.PositiveSmallIntegerField(db_comment="Number of the programme's certificate")
    requirement = models.TextField(
        blank=True, db_comment="Requirement that it certifies attendance against, in its words"
    )
    since = models.DateField(
        null=True, db_comment="Day from which it names each session attended; empty: all of them"
    )
    # a list for each field, in parallel; empty where no attended session is recorded any more
    sessions = ArrayField(
        models.CharField(max_length=40),
        db_comment="Titles of the sessions attended, as the programme names them",
    )
    days = ArrayField(models.DateField(), db_comment="Days of the sessions attended")
    # the day on which it was entered afterwards, or "at the time"
    entered = ArrayField(
        models.CharField(max_length=12),
        db_comment="Day on which each session was recorded late, or that it was recorded at the time",
    )
    minutes = ArrayField(
        models.CharField(max_length=12),
        db_comment="Minutes held of each session where it ended early, or that it was as planned",
    )
    certified_at = models.DateTimeField(db_comment="When it was certified")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "number", "certified_at"], name="a_certificate_is_kept_once"
            )
        ]
