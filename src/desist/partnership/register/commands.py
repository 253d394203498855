"""Taking over an existing register: everything, or nothing."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from django.db import IntegrityError

from desist.orders import clocks
from desist.partnership.notifications.models import Kind
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.orders.states import State
from desist.partnership.orders.writing import note
from desist.partnership.people.models import Person
from desist.partnership.register import reading
from desist.partnership.register.policy import Action
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.turns import turn

#: family name, given names and birthday: they identify one person
Key: TypeAlias = tuple[str, str, date]


def bring_in(*, actor: Actor, orders: tuple[reading.Order, ...], at: datetime) -> int:
    """Write every order of a file that has no problem; returns how many. Raises Refused."""
    if not orders:
        raise Refused("The file holds no order")
    # Two tables at one moment may hold orders about one person who is new to both.
    with turn(f"orders of {actor.area}"):
        _bring_in(actor, orders, at)
    return len(orders)


def _bring_in(actor: Actor, orders: Sequence[reading.Order], at: datetime) -> None:
    people = _people(actor, at)
    rows = [_order(actor, one, at) for one in orders]
    first = people.get(_key(orders[0]))
    try:
        # The first row that is new carries the transaction: a person, or an order about a known person.
        if first is None:
            people[_key(orders[0])] = person = _new_person(orders[0], actor, at)
            with gate.create(actor, OrdersAction.ADD_PERSON, person, at=at):
                _write(rows, orders, people, actor, at)
        else:
            rows[0].person = first
            with gate.create(actor, Action.IMPORT_ORDERS, rows[0], at=at):
                _add(rows[0], orders[0], actor, at)
                _write(rows[1:], orders[1:], people, actor, at)
    except IntegrityError:
        raise Refused("A colleague has just imported some of these orders: check the file again") from None


def _write(
    rows: Sequence[Order],
    orders: Sequence[reading.Order],
    people: dict[Key, Person],
    actor: Actor,
    at: datetime,
) -> None:
    for row, told in zip(rows, orders, strict=True):
        key = _key(told)
        if key not in people:
            people[key] = _new_person(told, actor, at)
            people[key].save(force_insert=True)
        row.person = people[key]
        row.save(force_insert=True)
        _add(row, told, actor, at)


def _key(told: reading.Order) -> Key:
    return (told.family_name.casefold(), told.given_names.casefold(), told.born)


def _new_person(told: reading.Order, actor: Actor, at: datetime) -> Person:
    return Person(
        area=actor.area,
        given_names=told.given_names,
        family_name=told.family_name,
        born=told.born,
        added_by=actor.who,
        added_at=at,
    )


def _people(actor: Actor, at: datetime) -> dict[Key, Person]:
    rows = gate.see(actor, OrdersAction.SEE_SAME_PERSON, Person, at=at)
    return {(one.family_name.casefold(), one.given_names.casefold(), one.born): one for one in rows}


def _order(actor: Actor, told: reading.Order, at: datetime) -> Order:
    today = day_of(at)
    over = told.served_on is not None and told.ends_on is not None and told.ends_on < today
    state = State.EXPIRED if over else State.IN_FORCE if told.served_on else State.MADE
    return Order(
        area=actor.area,
        kind=told.kind,
        state=state,
        number=told.number,
        how_made=told.how_made,
        force=told.force,
        court=told.court,
        made_on=told.made_on,
        ends_on=told.ends_on,
        served_on=told.served_on,
        closed_on=told.ends_on if over else None,
        token=secrets.token_urlsafe(16),
        submission=secrets.token_urlsafe(16),
        started_by=actor.who,
        started_at=at,
    )


def _add(order: Order, told: reading.Order, actor: Actor, at: datetime) -> None:
    for reference in told.protected:
        order.protected.create(crime_reference=reference, standing="victim")
    for one in told.conditions:
        order.conditions.create(
            number=one.number,
            kind=one.kind,
            text=one.text,
            channel=one.channel,
            ends_on=one.ends_on,
            necessity=one.necessity,
        )
    due = clocks.notification(served=told.served_on) if told.served_on else None
    if due and told.served_on:
        order.notifications.create(
            kind=Kind.FIRST,
            began_on=told.served_on,
            due_on=due,
            given_on=told.notified_on,
            acknowledgement="Taken over from the register before" if told.notified_on else "",
        )
    note(order, "Taken over from the register before", on=day_of(at), by=actor, at=at, words=told.number)
