"""An order as the register keeps it: its conditions, whom it protects by crime reference, and what happened."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.orders.terms import Kind as LawKind
from desist.partnership.orders import codes
from desist.partnership.orders.states import CLOSED, UNMADE, State
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Order(models.Model):
    """A Stalking Protection Order or an interim one, from the draft of its application to its end."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    area = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="orders")
    #: of an interim order: the full one that was applied for
    main = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="interims")
    #: the referral to a programme that a requirement of this order is about
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="protection_orders"
    )
    kind = models.CharField(max_length=20, choices=codes.Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    jurisdiction = models.CharField(max_length=10, default="EW")
    number = models.CharField(max_length=40, blank=True)
    how_made = models.CharField(max_length=20, choices=codes.HowMade.choices)
    force = models.CharField(max_length=60)
    nexus = models.CharField(max_length=20, choices=codes.Nexus.choices, blank=True)
    court = models.CharField(max_length=100, blank=True)
    applied_on = models.DateField(null=True)
    hearing_on = models.DateField(null=True)
    made_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)  # of a made order: None is until further order
    locality = models.CharField(max_length=200, blank=True)  # "" is all of the United Kingdom
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=20, choices=codes.HowServed.choices, blank=True)
    closed_on = models.DateField(null=True)
    #: from when the person notifies under the 2003 Act instead, and the final day of that
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)
    #: before a second person released such words: why what looks like a locator was served
    places_reason = models.TextField(blank=True)
    places_by = models.CharField(max_length=40, blank=True)
    #: names this order towards one programme or force, and nobody else
    token = models.CharField(max_length=40, unique=True)
    moved_from = models.CharField(max_length=60, blank=True)
    moved_to = models.CharField(max_length=60, blank=True)
    submission = models.CharField(max_length=64, unique=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()

    class Meta:
        app_label = "partnership"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UNMADE) | Q(made_on__isnull=False), name="a_made_order_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.IN_FORCE) | Q(served_on__isnull=False),
                name="an_order_in_force_was_served",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_on__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_on=None)),
                name="an_ended_order_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(made_on=None) | Q(ends_on__gte=F("made_on")),
                name="an_order_ends_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(served_on=None) | Q(served_on__gte=F("made_on")),
                name="an_order_is_served_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LawKind.INTERIM.value) | Q(made_on=None) | Q(ends_on__isnull=False),
                name="an_interim_order_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(suspended_until=None) | Q(suspended_until__gte=F("suspended_from")),
                name="a_suspension_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["area", "number"], condition=~Q(number=""), name="one_order_a_register_number"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "ends_on"], name="orders_by_state"),
            models.Index(fields=["area", "started_at", "ref"], name="orders_by_start"),
        ]


@pghistory.track()
class Protected(models.Model):
    """A protected person: the force's own crime reference and nothing else."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="protected")
    crime_reference = models.CharField(max_length=24)
    standing = models.CharField(max_length=20, choices=codes.Standing.choices)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["order", "crime_reference"], name="a_protected_person_once")
        ]


@pghistory.track()
class Condition(models.Model):
    """One prohibition or requirement. Without days of its own it holds as long as the order."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=codes.ConditionKind.choices)
    text = models.TextField()
    channel = models.CharField(max_length=20, choices=codes.Channel.choices)
    area_kinds = ArrayField(
        models.CharField(max_length=12, choices=codes.AreaKind.choices), default=list, db_default=[]
    )
    area_words = models.CharField(max_length=200, blank=True)
    #: crime references of those it protects; empty where the order protects one person, or nobody said yet
    protects = ArrayField(models.CharField(max_length=24), default=list, db_default=[])
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    necessity = models.TextField()
    checked = ArrayField(models.CharField(max_length=20, choices=codes.Checked.choices), default=list)

    class Meta:
        app_label = "partnership"
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="a_number_a_condition"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_condition_ends_after_it_begins",
            ),
        ]


class OrderHappening(models.Model):
    """One thing that happened to an order: added, never changed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="happenings")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "partnership"
        indexes = [models.Index(fields=["order", "on", "id"], name="events_of_an_order")]
