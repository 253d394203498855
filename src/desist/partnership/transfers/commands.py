"""Handing an order to the force of the area where the person now lives, and taking one over."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts.models import RoleGrant
from desist.merges import records
from desist.partnership.orders.models import Order
from desist.partnership.orders.notices import iso
from desist.partnership.orders.states import State
from desist.partnership.orders.writing import close, edited, note
from desist.partnership.people.models import Person
from desist.partnership.transfers.policy import Action
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Handover:
    """The receiving partner site, its police area, and the number here that its officers can telephone."""

    to: str
    area: str
    contact: str


def hand_over(*, actor: Actor, ref: str, handover: Handover, version: int | None, at: datetime) -> None:
    """Send the whole order to another force. It is closed here, and its history stays."""
    with gate.change(actor, Action.HAND_OVER_ORDER, Order, ref, at=at) as order, edited(order, version):
        if order.applications.filter(outcome="").exists():
            raise Refused(
                "An application about the order is before the court: hand it over once that is decided"
            )
        payload = _payload(order, handover, at)
        close(order, State.MOVED, on=day_of(at), by=actor, at=at)
        order.moved_to = handover.to
        outbox.send(payload, to=handover.to, thread=outbox.new_thread(), at=at, case=order.person.ref)


def receive(received: Received) -> None:
    """Take an order over from another force."""
    told: payloads.OrderHandover = received.payload
    if not RoleGrant.objects.filter(area=told.area, ended_at=None).exists():
        raise CannotHandle(
            "Nobody at this site works in the area that the order was handed to: ask the sender."
        )
    person = _person(told, received)
    order = Order(
        area=told.area,
        person=person,
        kind=told.kind,
        state=State.IN_FORCE,
        how_made=told.how_made,
        force=told.force,
        court=told.court,
        made_on=told.made_on,
        ends_on=day(told.ends_on),
        served_on=told.served_on,
        served_how=told.served_how,
        locality=told.locality,
        moved_from=received.sender,
        token=secrets.token_urlsafe(16),
        submission=secrets.token_urlsafe(16),
        started_by=received.actor.who,
        started_at=received.at,
    )
    with gate.create(received.actor, Action.RECEIVE_ORDER, order, at=received.at):
        _fill(order, told)
        title = "Taken over from another force"
        words = f"Telephone there: {told.contact}"
        note(order, title, on=day_of(told.handed_at), by=received.actor, at=received.at, words=words)


def day(text: str) -> date | None:
    """Return the day in an envelope's text, which may be empty. Raises CannotHandle."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the sender.") from None


def _person(told: payloads.OrderHandover, received: Received) -> Person:
    same = Person.objects.filter(
        area=told.area,
        family_name__iexact=told.family_name,
        given_names__iexact=told.given_names,
        born=told.born,
    ).first()
    if same:
        return Person.objects.get(ref=records.leading(same.ref))
    return Person.objects.create(
        area=told.area,
        given_names=told.given_names,
        family_name=told.family_name,
        born=told.born,
        added_by=received.actor.who,
        added_at=received.at,
    )


def _fill(order: Order, told: payloads.OrderHandover) -> None:
    try:
        for reference, standing in zip(told.crime_references, told.standings, strict=True):
            order.protected.create(crime_reference=reference, standing=standing)
        parallel = zip(
            told.condition_kinds,
            told.condition_texts,
            told.condition_channels,
            told.condition_areas,
            told.condition_begins,
            told.condition_ends,
            told.condition_needs,
            strict=True,
        )
        for number, (kind, text, channel, area, begins, ends, need) in enumerate(parallel, start=1):
            order.conditions.create(
                number=number,
                kind=kind,
                text=text,
                channel=channel,
                area_words=area,
                begins_on=day(begins),
                ends_on=day(ends),
                necessity=need,
            )
    except ValueError:
        raise CannotHandle("The conditions in the envelope do not fit together: ask the sender.") from None


def _payload(order: Order, handover: Handover, at: datetime) -> payloads.OrderHandover:
    if order.made_on is None or order.served_on is None:
        raise Refused("Only an order that was served is handed over")
    conditions = list(order.conditions.order_by("number"))
    protected = list(order.protected.order_by("pk"))
    return payloads.OrderHandover(
        kind=order.kind,
        area=handover.area,
        given_names=order.person.given_names,
        family_name=order.person.family_name,
        born=order.person.born,
        force=order.force,
        how_made=order.how_made,
        court=order.court,
        made_on=order.made_on,
        ends_on=iso(order.ends_on),
        served_on=order.served_on,
        served_how=order.served_how,
        locality=order.locality,
        crime_references=tuple(one.crime_reference for one in protected),
        standings=tuple(one.standing for one in protected),
        condition_kinds=tuple(one.kind for one in conditions),
        condition_texts=tuple(one.text for one in conditions),
        condition_channels=tuple(one.channel for one in conditions),
        condition_areas=tuple(one.area_words for one in conditions),
        condition_begins=tuple(iso(one.begins_on) for one in conditions),
        condition_ends=tuple(iso(one.ends_on) for one in conditions),
        condition_needs=tuple(one.necessity for one in conditions),
        contact=handover.contact,
        handed_at=at,
    )
