"""What cannot be so of a duty to notify, and what was recorded already: refused with its reason, nothing changed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.notifications import commands
from desist.partnership.orders.models import Order
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = pytest.mark.django_db

AT = staff.NOW
GIVEN = commands.Given(date(2026, 2, 5), "Northmere", "PC Ash Vale", "ACK-77", False, False)
EARLY = commands.Given(date(2026, 2, 2), "Northmere", "PC Ash Vale", "ACK-77", False, False)


def standing(order: Order) -> dict[str, Any]:
    """All that the register holds of an order and its duties: the same where something was refused."""
    return {
        "order": Order.objects.filter(pk=order.pk).values().get(),
        "duties": list(order.notifications.order_by("pk").values()),
        "history": list(order.happenings.order_by("pk").values()),
    }


def look(actor: Actor, order: Order, duty: str, *, version: int = 1, at: datetime = AT) -> None:
    commands.look(actor=actor, ref=order.ref, duty=duty, crime_reference="45/1/2600", version=version, at=at)


def change(actor: Actor, order: Order, on: date) -> None:
    commands.change(actor=actor, ref=order.ref, kind="name", on=on, submission="once", version=1, at=AT)


@pytest.mark.parametrize("kind", ["first", "name", "resumed"])
def test_a_notification_before_its_duty_began_is_refused_and_the_duty_stays_open(
    coordinator: Actor, kind: str
) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order, kind=kind)
    before = standing(order)

    with pytest.raises(Refused, match="The duty began on 3 February 2026"):
        commands.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=EARLY, version=1, at=AT)

    assert standing(order) == before


def test_of_two_people_at_one_duty_the_second_is_told(desk: Client) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order)
    address = reverse("notifications:look", args=[order.ref, duty.ref])
    said = {"counter": "on", "custody": "on", "forces": "on", "crime_reference": ""}

    first = desk.post(address, {**said, "form_version": "1"})
    before = standing(order)
    stale = desk.post(address, {**said, "form_version": "1"})
    fresh = desk.post(address, {**said, "form_version": "2"})

    assert (first.status_code, stale.status_code, fresh.status_code) == (302, 422, 422)
    assert "changed elsewhere since you opened this page" in stale.content.decode()
    assert "A colleague recorded this first" in fresh.content.decode()
    assert standing(order) == before


def test_what_was_notified_is_not_looked_for_any_more(coordinator: Actor) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order)
    commands.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=GIVEN, version=1, at=AT)
    before = standing(order)

    with pytest.raises(Refused):
        look(coordinator, order, duty.ref, version=2)

    assert standing(order) == before


def test_what_was_looked_for_can_still_be_notified_late_and_both_stay(coordinator: Actor) -> None:
    order = factories.in_force()
    duty = factories.duty(order=order)
    look(coordinator, order, duty.ref)

    commands.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=GIVEN, version=2, at=AT)

    duty.refresh_from_db()
    assert (duty.checked_at, duty.given_on) == (AT, GIVEN.given_on)


def test_a_duty_is_reached_through_its_own_order_alone(coordinator: Actor) -> None:
    order, other = factories.in_force(), factories.in_force()
    duty = factories.duty(order=other)
    before = standing(order), standing(other)

    with pytest.raises(NotFound):
        commands.give(actor=coordinator, ref=order.ref, duty=duty.ref, given=GIVEN, version=1, at=AT)
    with pytest.raises(NotFound):
        look(coordinator, order, duty.ref)

    assert (standing(order), standing(other)) == before


def ended() -> Order:
    return factories.in_force(state="discharged", closed_on=date(2026, 3, 1))


def to_serve() -> Order:
    return factories.made(state="to_serve")


@pytest.mark.parametrize("make", [ended, to_serve])
def test_no_duty_begins_or_rests_under_an_order_that_is_not_in_force(
    coordinator: Actor, make: Callable[[], Order]
) -> None:
    order = make()
    before = standing(order)

    with pytest.raises(Refused, match="while a served order is in force"):
        change(coordinator, order, date(2026, 2, 20))
    with pytest.raises(Refused, match="only be suspended under an order in force"):
        commands.suspend(actor=coordinator, ref=order.ref, on=date(2026, 2, 20), version=1, at=AT)

    assert standing(order) == before


@pytest.mark.parametrize(
    "on", [factories.MADE - timedelta(days=1), factories.ENDS + timedelta(days=1), date(2031, 1, 1)]
)
def test_a_change_outside_the_days_of_the_order_begins_no_duty(coordinator: Actor, on: date) -> None:
    order = factories.in_force()
    before = standing(order)

    with pytest.raises(Refused, match="not in effect on that day"):
        change(coordinator, order, on)

    assert standing(order) == before


@pytest.mark.parametrize("on", [factories.MADE, factories.ENDS])
def test_the_first_and_the_last_day_of_the_order_count(coordinator: Actor, on: date) -> None:
    order = factories.in_force()

    change(coordinator, order, on)

    assert order.notifications.get().began_on == on


def test_a_duty_that_rests_does_not_begin_to_rest_again(coordinator: Actor) -> None:
    order = factories.in_force(suspended_from=date(2026, 2, 20))
    before = standing(order)

    with pytest.raises(Refused, match="is already suspended"):
        commands.suspend(actor=coordinator, ref=order.ref, on=date(2026, 2, 25), version=1, at=AT)

    assert standing(order) == before


@pytest.mark.parametrize(
    "fields", [{}, {"suspended_from": date(2026, 2, 10), "suspended_until": date(2026, 2, 20)}]
)
def test_a_duty_that_does_not_rest_does_not_come_back(coordinator: Actor, fields: dict[str, date]) -> None:
    order = factories.in_force(**fields)
    before = standing(order)

    with pytest.raises(Refused, match="is not suspended"):
        commands.resume(actor=coordinator, ref=order.ref, final_day=date(2026, 3, 1), version=1, at=AT)

    assert standing(order) == before


def test_the_final_day_is_never_before_the_duty_began_to_rest(coordinator: Actor) -> None:
    order = factories.in_force(suspended_from=factories.SERVED)
    before = standing(order)

    with pytest.raises(Refused, match="before the duty was suspended"):
        commands.resume(actor=coordinator, ref=order.ref, final_day=factories.MADE, version=1, at=AT)
    assert standing(order) == before

    commands.resume(actor=coordinator, ref=order.ref, final_day=factories.SERVED, version=1, at=AT)

    assert order.notifications.get().began_on == factories.SERVED
