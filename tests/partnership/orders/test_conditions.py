"""Conditions put in other words or taken out before service: what stays of them, and what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership.orders import factories

from desist.partnership.conditions import commands
from desist.partnership.orders.models import Condition, Order
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = pytest.mark.django_db

AT = staff.NOW
WORDS = commands.Words(
    "prohibition", "Not to write to the protected person", "online", "", None, None, "Posts", ("work",)
)


def change(actor: Actor, order: Order, condition: str, words: commands.Words = WORDS) -> None:
    commands.change(
        actor=actor, order=order.ref, condition=condition, words=words, version=order.version, at=AT
    )


def remove(actor: Actor, order: Order, condition: str) -> None:
    commands.remove(actor=actor, order=order.ref, condition=condition, version=order.version, at=AT)


def as_it_stands(order: Order) -> tuple[Any, ...]:
    """What a refusal must leave alone: the version, the conditions and what happened."""
    row = Order.objects.get(pk=order.pk)
    return row.version, list(row.conditions.order_by("pk").values()), list(row.happenings.values())


def test_other_words_take_the_place_of_a_condition_and_its_earlier_words_stay_in_the_history(
    coordinator: Actor,
) -> None:
    order = factories.draft(conditions=2)
    first, second = order.conditions.order_by("number")

    change(coordinator, order, second.ref)

    now = Condition.objects.get(pk=second.pk)
    assert (now.ref, now.number, now.text, now.channel, now.checked) == (
        second.ref,
        2,
        WORDS.text,
        "online",
        ["work"],
    )
    assert Condition.objects.get(pk=first.pk).text == first.text
    history: Any = apps.get_model("partnership", "ConditionEvent")
    kept = history.objects.filter(pgh_obj_id=second.pk).order_by("pgh_id")
    assert list(kept.values_list("text", flat=True)) == [second.text, WORDS.text]
    assert order.happenings.get().title == "Condition 2 changed"


def test_other_words_that_would_outlive_the_order_change_nothing(coordinator: Actor) -> None:
    order = factories.made()
    before = as_it_stands(order)

    with pytest.raises(Refused, match="longer than the order"):
        change(coordinator, order, order.conditions.get().ref, replace(WORDS, ends_on=date(2028, 2, 2)))

    assert as_it_stands(order) == before


def test_a_condition_that_is_taken_out_leaves_its_words_and_the_numbers_of_the_others(
    coordinator: Actor,
) -> None:
    order = factories.draft(conditions=3)
    out = order.conditions.get(number=2)

    remove(coordinator, order, out.ref)

    assert list(order.conditions.order_by("number").values_list("number", flat=True)) == [1, 3]
    happened = order.happenings.get()
    assert (happened.title, happened.note, happened.by) == (
        "Condition 2 removed",
        out.text,
        coordinator.who,
    )


def test_of_two_people_who_take_a_condition_out_the_second_is_told_and_no_other_one_goes(
    desk: Client,
) -> None:
    order = factories.draft(conditions=2)
    first, second = order.conditions.order_by("number")
    addresses = [reverse("conditions:remove", args=[order.ref, one.ref]) for one in (first, second)]

    done, told = (desk.post(address, {"form_version": "1"}) for address in addresses)

    assert (done.status_code, told.status_code) == (302, 422)
    assert "This order was changed elsewhere" in told.content.decode()
    assert order.conditions.get() == second


@pytest.mark.parametrize("state", ["to_serve", "in_force"])
def test_a_condition_that_is_settled_is_neither_changed_nor_taken_out(coordinator: Actor, state: str) -> None:
    order = factories.in_force(state=state)
    condition = order.conditions.get().ref
    before = as_it_stands(order)

    for attempt in (change, remove):
        with pytest.raises(Refused, match="record the court’s variation first"):
            attempt(coordinator, order, condition)

    assert as_it_stands(order) == before


def test_a_stale_page_neither_changes_a_condition_nor_takes_it_out(coordinator: Actor) -> None:
    order = factories.draft(version=2)
    condition = order.conditions.get().ref
    before = as_it_stands(order)
    order.version = 1  # as the page that was drawn before has it

    for attempt in (change, remove):
        with pytest.raises(Changed):
            attempt(coordinator, order, condition)

    assert as_it_stands(order) == before


def test_a_condition_of_another_order_is_not_there(coordinator: Actor) -> None:
    order, other = factories.draft(), factories.draft(person=factories.person(family_name="Other"))
    before = as_it_stands(order), as_it_stands(other)

    for attempt in (change, remove):
        with pytest.raises(NotFound):
            attempt(coordinator, order, other.conditions.get().ref)

    assert (as_it_stands(order), as_it_stands(other)) == before


def test_an_order_of_another_area_keeps_its_conditions(coordinator: Actor) -> None:
    order = factories.draft(area=staff.ELSEWHERE)
    before = as_it_stands(order)

    for attempt in (change, remove):
        with pytest.raises(NotFound):
            attempt(coordinator, order, order.conditions.get().ref)

    assert as_it_stands(order) == before
