"""The clock notes that an order has ended: after its last day in London, once, and never over the court's head."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.applications import chores
from desist.partnership.applications import commands as applications
from desist.partnership.orders import commands
from desist.partnership.orders.models import Order
from desist.post.models import ByHandTask, Partner
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

AT = staff.NOW
LAST = date(2026, 3, 2)


def over(**fields: Any) -> Order:
    """An order whose last day was yesterday."""
    defaults = {"made_on": date(2024, 3, 3), "served_on": date(2024, 3, 4), "ends_on": LAST}
    return factories.in_force(**defaults | fields)


def state(order: Order) -> str:
    order.refresh_from_db()
    return order.state


def test_an_order_whose_last_day_is_over_is_noted_once_and_shown(desk: Client) -> None:
    order = over()

    chores.expire(at=AT)
    chores.expire(at=AT + timedelta(days=1))

    assert (state(order), order.closed_on, order.version) == ("expired", LAST, 2)
    assert list(order.happenings.values_list("title", "on", "by")) == [
        ("Ended on its last day", LAST, "clock")
    ]
    assert AuditEvent.objects.filter(action="partnership.expire_order").count() == 1
    page = desk.get(reverse("orders:order", args=[order.ref])).content.decode()
    assert "Ended on its last day" in page
    assert "the clock" in page
    assert order.ref not in desk.get(reverse("orders:due")).content.decode()


@pytest.mark.parametrize(
    ("last", "before", "after"),
    [
        # In summer London is an hour ahead: the day is over at 23:00 UTC.
        (
            date(2026, 6, 30),
            datetime(2026, 6, 30, 22, 59, tzinfo=UTC),
            datetime(2026, 6, 30, 23, 0, tzinfo=UTC),
        ),
        # The clocks go forward that morning, and back that morning.
        (
            date(2026, 3, 29),
            datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
            datetime(2026, 3, 29, 23, 0, tzinfo=UTC),
        ),
        (
            date(2026, 10, 25),
            datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
            datetime(2026, 10, 26, 0, 0, tzinfo=UTC),
        ),
        # The 29th of February is a day like any other; where there is none the 28th is followed by March.
        (
            date(2028, 2, 29),
            datetime(2028, 2, 29, 23, 59, tzinfo=UTC),
            datetime(2028, 3, 1, 0, 0, tzinfo=UTC),
        ),
        (
            date(2027, 2, 28),
            datetime(2027, 2, 28, 23, 59, tzinfo=UTC),
            datetime(2027, 3, 1, 0, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_last_day_is_over_at_midnight_in_london(last: date, before: datetime, after: datetime) -> None:
    order = over(ends_on=last)

    chores.expire(at=before)
    assert state(order) == "in_force"
    chores.expire(at=after)

    assert (state(order), order.closed_on) == ("expired", last)


@pytest.mark.parametrize("before", ["made", "to_serve"])
def test_an_order_that_was_never_served_ends_too(before: str) -> None:
    order = over(state=before, served_on=None)

    chores.expire(at=AT)

    assert state(order) == "expired"


def test_an_interim_order_ends_on_its_own_last_day() -> None:
    main = factories.applied()
    interim = factories.interim(main=main, ends_on=LAST)

    chores.expire(at=AT)

    assert (state(interim), state(main)) == ("expired", "applied")


@pytest.mark.parametrize("ends_on", [None, AT.date()])
def test_an_order_that_holds_goes_on(ends_on: date | None) -> None:
    order = over(ends_on=ends_on)

    chores.expire(at=AT)
    commands.let_expire(actor=actors.clock(), ref=order.ref, at=AT)

    assert state(order) == "in_force"


def test_what_somebody_ended_meanwhile_stays_as_it_is() -> None:
    order = over(state="discharged", closed_on=date(2026, 2, 1))

    commands.let_expire(actor=actors.clock(), ref=order.ref, at=AT)

    assert (state(order), order.version) == ("discharged", 1)


def test_while_a_renewal_is_before_the_court_nobody_is_told_that_it_has_ended(desk: Client) -> None:
    order = over()
    factories.application(order=order, kind="renew")

    chores.expire(at=AT)
    commands.let_expire(actor=actors.clock(), ref=order.ref, at=AT)

    assert state(order) == "in_force"
    assert (
        "Over: record that it has ended"
        in desk.get(reverse("orders:order", args=[order.ref])).content.decode()
    )


def test_a_variation_before_the_court_keeps_no_order_alive() -> None:
    order = over()
    factories.application(order=order, kind="vary")

    chores.expire(at=AT)

    assert state(order) == "expired"


def test_the_service_of_the_protected_person_is_told_that_it_ended() -> None:
    over()
    police.side(crime_reference="45/01234/26")

    chores.expire(at=AT)

    assert "Event: ended" in ByHandTask.objects.get().text


def test_one_service_that_is_no_longer_written_to_keeps_no_order_alive() -> None:
    first, second = over(), over()
    police.side(crime_reference="45/01234/26")
    Partner.objects.update(ended_at=AT - timedelta(days=1))

    chores.expire(at=AT)

    assert (state(first), state(second)) == ("expired", "expired")
    assert not ByHandTask.objects.exists()


def file(actor: Actor, order: Order, *, kind: str = "renew", on: date = LAST) -> None:
    filing = applications.Filing(kind, "police", "", on, None)
    version = Order.objects.get(pk=order.pk).version
    applications.file(actor=actor, ref=order.ref, filing=filing, submission="one", version=version, at=AT)


def decide(actor: Actor, order: Order, *, on: date = LAST) -> None:
    version = Order.objects.get(pk=order.pk).version
    ruling = applications.Ruling("granted", on, "", date(2028, 3, 1), (), lives_elsewhere=False)
    applications.decide(
        actor=actor,
        ref=order.ref,
        application=order.applications.get().ref,
        ruling=ruling,
        version=version,
        at=AT,
    )


def test_a_renewal_that_was_recorded_late_brings_it_back_into_force(coordinator: Actor, desk: Client) -> None:
    order = over()
    chores.expire(at=AT)
    offered = desk.get(reverse("orders:order", args=[order.ref])).content.decode()

    file(coordinator, order)
    decide(coordinator, order)
    chores.expire(at=AT)

    assert "Did the court renew it in time?" in offered
    assert (state(order), order.closed_on, order.ends_on) == ("in_force", None, date(2028, 3, 1))


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, {"kind": "vary"}),
        ({}, {"on": LAST + timedelta(days=1)}),
        ({"served_on": None, "state": "made"}, {}),
    ],
)
def test_nothing_else_can_be_asked_of_an_order_that_has_ended(
    coordinator: Actor, fields: dict[str, Any], asked: dict[str, Any]
) -> None:
    order = over(**fields)
    chores.expire(at=AT)

    with pytest.raises(Refused, match="has not ended"):
        file(coordinator, order, **asked)


def test_a_court_renews_no_order_that_had_ended(coordinator: Actor) -> None:
    order = over()
    chores.expire(at=AT)
    file(coordinator, order)

    with pytest.raises(Refused, match="had ended before"):
        decide(coordinator, order, on=LAST + timedelta(days=1))
