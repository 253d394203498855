"""An order as the register keeps it: its conditions, the crime references of those it protects, and its history."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.orders.terms import Kind as LawKind
from desist.partnership.orders import codes
from desist.partnership.orders.states import CLOSED, UNMADE, State
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.references import reference


@pghistory.track()
class Order(models.Model):
    """A Stalking Protection Order or an interim one, from the draft of its application to its end."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="orders",
        db_comment="Person who is subject to the order",
    )
    main = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="interims",
        db_comment="Full order that was applied for, where this one is interim",
    )
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        null=True,
        related_name="protection_orders",
        db_comment="Referral to the programme that a requirement of this order is about",
    )
    kind = models.CharField(max_length=20, choices=codes.Kind.choices, db_comment="Full or interim")
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.DRAFT, db_comment="Where it stands"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    jurisdiction = models.CharField(
        max_length=10, default="EW", db_comment="Law that it is made under: England and Wales"
    )
    number = models.CharField(max_length=40, blank=True, db_comment="The force's own register number")
    how_made = models.CharField(
        max_length=20, choices=codes.HowMade.choices, db_comment="How a court came to make it, coded"
    )
    force = models.CharField(max_length=60, db_comment="Police force that applied")
    nexus = models.CharField(
        max_length=20,
        choices=codes.Nexus.choices,
        blank=True,
        db_comment="Why that force may apply (section 1(3)), coded",
    )
    court = models.CharField(max_length=100, blank=True, db_comment="Court that made it or hears it")
    applied_on = models.DateField(null=True, db_comment="Day of the application")
    hearing_on = models.DateField(null=True, db_comment="Day of the next hearing")
    made_on = models.DateField(null=True, db_comment="Day on which it was made")
    ends_on = models.DateField(null=True, db_comment="Last day; of a made order empty: until a further order")
    locality = models.CharField(
        max_length=200, blank=True, db_comment="Where it holds; empty is all of the United Kingdom"
    )
    served_on = models.DateField(null=True, db_comment="Day of the first service")
    served_how = models.CharField(
        max_length=20, choices=codes.HowServed.choices, blank=True, db_comment="How it was served"
    )
    closed_on = models.DateField(null=True, db_comment="Day on which it ended here")
    suspended_from = models.DateField(
        null=True, db_comment="First day on which the person notifies under the 2003 Act instead"
    )
    suspended_until = models.DateField(
        null=True, db_comment="Last day on which the person notifies under the 2003 Act instead"
    )
    places_reason = models.TextField(
        blank=True,
        db_comment="Why words that look like a locator were served, before a second person released such words",
    )
    places_by = models.CharField(max_length=40, blank=True, db_comment="Account that gave that reason")
    token = models.CharField(
        max_length=40, unique=True, db_comment="Names the order towards one other site; never shown"
    )
    moved_from = models.CharField(max_length=60, blank=True, db_comment="Police force that it came from")
    moved_to = models.CharField(max_length=60, blank=True, db_comment="Police force that it was handed to")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    started_by = models.CharField(max_length=40, db_comment="Account that entered it")
    started_at = models.DateTimeField(db_comment="When it was entered")

    class Meta:
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

    retention_class = Retention.CASE
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="protected", db_comment="Order that protects the person"
    )
    crime_reference = models.CharField(
        max_length=24, db_comment="The force's own crime reference; never a name or a locator"
    )
    standing = models.CharField(
        max_length=20,
        choices=codes.Standing.choices,
        db_comment="Victim of the acts, another person, or a potential victim",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "crime_reference"], name="a_protected_person_once")
        ]
        indexes = [models.Index(fields=["crime_reference"], name="protected_by_reference")]


@pghistory.track()
class Condition(models.Model):
    """One prohibition or requirement. Without days of its own it holds as long as the order."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="conditions", db_comment="Order that it is part of"
    )
    number = models.PositiveSmallIntegerField(db_comment="Its number in the order")
    kind = models.CharField(
        max_length=20, choices=codes.ConditionKind.choices, db_comment="Prohibition or requirement"
    )
    text = models.TextField(db_comment="Its words as served")
    channel = models.CharField(
        max_length=20, choices=codes.Channel.choices, db_comment="What it is about, coded"
    )
    area_kinds = ArrayField(
        models.CharField(max_length=12, choices=codes.AreaKind.choices),
        default=list,
        db_default=[],
        db_comment="Kinds of place that the area is made of, coded",
    )
    area_words = models.CharField(
        max_length=200, blank=True, db_comment="The area in words, without a locator"
    )
    protects = ArrayField(
        models.CharField(max_length=24),
        default=list,
        db_default=[],
        db_comment="Crime references of the people it protects; empty: the order protects one person, or nobody has said yet",
    )
    begins_on = models.DateField(null=True, db_comment="First day of the condition, where it has its own")
    ends_on = models.DateField(null=True, db_comment="Last day of the condition, where it has its own")
    necessity = models.TextField(db_comment="Why the condition is necessary")
    checked = ArrayField(
        models.CharField(max_length=20, choices=codes.Checked.choices),
        default=list,
        db_comment="Conflicts of section 2(3) that were checked",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="a_number_a_condition"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_condition_ends_after_it_begins",
            ),
        ]


class OrderHappening(models.Model):
    """One thing that happened to an order: added, never changed."""

    retention_class = Retention.CASE
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="happenings", db_comment="Order that it happened to"
    )
    on = models.DateField(db_comment="Day on which it happened")
    at = models.DateTimeField(db_comment="When it was written down")
    by = models.CharField(max_length=40, db_comment="Account that wrote it down")
    title = models.CharField(max_length=120, db_comment="What happened")
    note = models.TextField(blank=True, db_comment="Note on what happened")

    class Meta:
        indexes = [models.Index(fields=["order", "on", "id"], name="events_of_an_order")]
