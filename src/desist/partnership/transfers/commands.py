"""Offering an order to the force of the area where the person now lives, and answering what another force offers.

Until an acceptance arrives the sender holds the order. Withdrawals and acceptances may cross: the receiver decides which
came first, so an acceptance always counts, and a withdrawal that comes before it makes one impossible.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from desist.accounts.models import RoleGrant
from desist.merges import records
from desist.partnership.orders.models import Order
from desist.partnership.orders.notices import iso
from desist.partnership.orders.states import State as OrderState
from desist.partnership.orders.states import follow
from desist.partnership.orders.writing import close, edited, note
from desist.partnership.people.models import Person
from desist.partnership.transfers.models import Transfer
from desist.partnership.transfers.policy import Action
from desist.partnership.transfers.states import TRANSITIONS, State
from desist.post import by_hand, doors, locked, outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

PLACE = "transfer.offer"
OVER = "The offer has been answered or withdrawn since: {state}"
LATE = "The offer lapsed on {day}. Telephone {force}, who can offer the order again"
BY_ITSELF = "What this force answers arrives through Desist: there is nothing to type in"


@dataclass(frozen=True)
class Handover:
    """The receiving force, its police area, whom its officers can telephone here, why, and the last day for an answer."""

    to: str
    area: str
    contact: str
    reason: str
    answer_by: date


def offer(
    *,
    actor: Actor,
    ref: str,
    handover: Handover,
    override: Override | None = None,
    submission: str,
    version: int | None,
    at: datetime,
) -> None:
    """Offer the whole order to another force. It stays here until they accept. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.HAND_OVER_ORDER, Order, ref, at=at) as order:
        if order.transfers.filter(submission=submission).exists():
            return
        with edited(order, version):
            told = _payload(order, handover, at)
            follow(order.state, OrderState.MOVED)
            _refuse_second(order, actor, at)
            if order.applications.filter(outcome="").exists():
                raise Refused(
                    "An application about the order is before the court: offer it once that is decided"
                )
            named, texts = audit.row_name(Order, ref), {"reason": handover.reason}
            clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
            row = order.transfers.create(
                area=order.area,
                partner=handover.to,
                thread=outbox.new_thread(),
                to_area=handover.area,
                contact=handover.contact,
                reason=handover.reason,
                answer_by=handover.answer_by,
                offered_by=actor.who,
                offered_at=at,
                submission=submission,
            )
            outbox.send(told, to=row.partner, thread=row.thread, at=at, case=order.person.ref)
            title = f"Offered to {partners.title(name=row.partner)}, to be answered by {dates.on(handover.answer_by)}"
            note(order, title, on=day_of(at), by=actor, at=at, words=row.reason)


def withdraw(*, actor: Actor, ref: str, at: datetime) -> None:
    """Withdraw an offer made here that nobody has answered. The order stays here."""
    with gate.change(actor, Action.SETTLE_TRANSFER, Transfer, ref, at=at) as row:
        if row.state == State.WITHDRAWN:
            return
        _settle(row, State.WITHDRAWN, by=actor.who, at=at)
        order = _offered(row)
        by_hand.drop(thread=row.thread, at=at)
        told = payloads.OrderHandoverWithdrawn(area=row.to_area, withdrawn_at=at)
        outbox.send(told, to=row.partner, thread=row.thread, at=at, case=order.person.ref)
        note(order, "Offer to another force withdrawn", on=day_of(at), by=actor, at=at)


def record_answer(
    *, actor: Actor, ref: str, answer: str, words: str, version: int | None, at: datetime
) -> None:
    """Record what a force without software answered by telephone."""
    with gate.change(actor, Action.SETTLE_TRANSFER, Transfer, ref, at=at) as row:
        if row.state == answer:
            return
        if not partners.is_by_hand(name=row.partner):
            raise Refused(BY_ITSELF)
        gate.next_version(row, version)
        _answered(row, State(answer), words, by=actor, at=at)


def note_answer(received: Received) -> None:
    """Take another force's answer. One that comes twice changes nothing."""
    told: payloads.OrderHandoverAnswer = received.payload
    known = Transfer.objects.filter(thread=received.thread, partner=received.sender, incoming=False).first()
    if known is None or told.answer not in {State.ACCEPTED, State.REFUSED}:
        raise CannotHandle("The envelope answers no offer of this site: ask the sender.")
    with gate.change(received.actor, Action.RECEIVE_TRANSFER, Transfer, known.ref, at=received.at) as row:
        if State(told.answer) in TRANSITIONS[State(row.state)]:
            _answered(row, State(told.answer), told.words, by=received.actor, at=received.at)


def receive(received: Received) -> None:
    """Keep another force's offer until an officer answers it; an order that was closed there is taken over at once."""
    told: payloads.OrderHandover = received.payload
    if not RoleGrant.objects.filter(area=told.area, ended_at=None).exists():
        raise CannotHandle(
            "Nobody at this site works in the area that the order was handed to: ask the sender."
        )
    if not told.answer_by:
        order = _taken(told, sender=received.sender, by=received.actor, at=received.at)
        with gate.create(received.actor, Action.RECEIVE_ORDER, order, at=received.at):
            _fill(order, told, by=received.actor, at=received.at)
        return
    if Transfer.objects.filter(thread=received.thread, partner=received.sender).exists():
        return  # withdrawn before it arrived
    row = _incoming(received, told.area)
    row.contact, row.reason, row.answer_by = told.contact, told.reason, day(told.answer_by)
    row.sealed_offer = sealed(row, told)
    with gate.create(received.actor, Action.RECEIVE_TRANSFER, row, at=received.at):
        pass


def note_withdrawal(received: Received) -> None:
    """Another force withdraws its offer, perhaps before it arrives. An order that was taken over stays here."""
    told: payloads.OrderHandoverWithdrawn = received.payload
    known = Transfer.objects.filter(thread=received.thread, partner=received.sender, incoming=True).first()
    if known is None:
        row = _incoming(received, told.area)
        row.state, row.answered_by, row.answered_at = State.WITHDRAWN, received.actor.who, received.at
        with gate.create(received.actor, Action.RECEIVE_TRANSFER, row, at=received.at):
            return
    with gate.change(received.actor, Action.RECEIVE_TRANSFER, Transfer, known.ref, at=received.at) as row:
        if row.state == State.OFFERED:
            row.sealed_offer = b""
            _settle(row, State.WITHDRAWN, by=received.actor.who, at=received.at)


def answer(
    *,
    actor: Actor,
    ref: str,
    answer: str,
    words: str,
    override: Override | None = None,
    version: int | None,
    at: datetime,
) -> str:
    """Take an offered order over, or refuse it with words; return the order's reference, "" without one."""
    with gate.change(actor, Action.ANSWER_TRANSFER, Transfer, ref, at=at) as row:
        if row.state == answer:
            return row.order.ref if row.order else ""
        if row.lapsed(day_of(at)):
            force = partners.title(name=row.partner)
            raise Refused(LATE.format(day=dates.on(cast("date", row.answer_by)), force=force))
        told, row.words = offered(row), words
        clearances.hold(
            named=audit.row_name(Transfer, ref), texts={"words": words}, override=override, actor=actor, at=at
        )
        if answer == State.ACCEPTED:
            row.order = _accepted(told, row, actor, at)
        row.sealed_offer = b""
        gate.next_version(row, version)
        _settle(row, State(answer), by=actor.who, at=at)
        sent = payloads.OrderHandoverAnswer(answer=answer, words=words, answered_at=at)
        case = row.order.person.ref if row.order else ""
        outbox.send(sent, to=row.partner, thread=row.thread, at=at, case=case)
        return row.order.ref if row.order else ""


def sealed(row: Transfer, told: payloads.OrderHandover) -> bytes:
    """What another force offers, locked for the row."""
    text = json.dumps([told.VERSION, doors.to_json(told)], ensure_ascii=False)
    return locked.lock(place=PLACE, row=row.ref, text=text)


def offered(row: Transfer) -> payloads.OrderHandover:
    """The order that another force offers. Raises Refused once it was answered or withdrawn."""
    if not row.sealed_offer:
        raise Refused(OVER.format(state=State(row.state).label.lower()))
    version, values = json.loads(locked.unlock(place=PLACE, row=row.ref, sealed=row.sealed_offer))
    return cast("payloads.OrderHandover", doors.from_json(payloads.OrderHandover.KIND, version, values))


def _refuse_second(order: Order, actor: Actor, at: datetime) -> None:
    """Refuse an offer beside one that stands; one that lapsed makes room for the next."""
    for row in order.transfers.select_for_update().filter(state=State.OFFERED):
        if row.stands(day_of(at)):
            force = partners.title(name=row.partner)
            raise Refused(f"The order is offered to {force} already: withdraw that offer first")
        _settle(row, State.LAPSED, by=actor.who, at=at)


def _settle(row: Transfer, after: State, *, by: str, at: datetime) -> None:
    if after not in TRANSITIONS[State(row.state)]:
        raise Refused(OVER.format(state=State(row.state).label.lower()))
    row.state, row.answered_by, row.answered_at = after, by, at
    row.save()


def _offered(row: Transfer) -> Order:
    """The order of an offer made here, locked."""
    return Order.objects.select_for_update(of=("self",)).get(transfers=row)


def _answered(row: Transfer, after: State, words: str, *, by: Actor, at: datetime) -> None:
    """Close the order that another force took over; one that it refused stays. One that ended meanwhile stays ended."""
    row.words = words
    _settle(row, after, by=by.who, at=at)
    order, force, today = _offered(row), partners.title(name=row.partner), day_of(at)
    if after is State.REFUSED:
        note(order, f"Not taken over by {force}", on=today, by=by, at=at, words=words)
        return
    note(order, f"Taken over by {force}", on=today, by=by, at=at, words=words)
    if order.state == OrderState.IN_FORCE:
        with edited(order):
            close(order, OrderState.MOVED, on=today, by=by, at=at)
            order.moved_to = row.partner


def _incoming(received: Received, area: str) -> Transfer:
    return Transfer(
        area=area,
        incoming=True,
        partner=received.sender,
        thread=received.thread,
        to_area=area,
        offered_by=received.actor.who,
        offered_at=received.at,
    )


def _accepted(told: payloads.OrderHandover, row: Transfer, actor: Actor, at: datetime) -> Order:
    try:
        order = _taken(told, sender=row.partner, by=actor, at=at)
        order.save(force_insert=True)
        _fill(order, told, by=actor, at=at)
    except CannotHandle as unreadable:
        raise Refused(str(unreadable)) from None
    return order


def _taken(told: payloads.OrderHandover, *, sender: str, by: Actor, at: datetime) -> Order:
    return Order(
        area=told.area,
        person=_person(told, by, at),
        kind=told.kind,
        state=OrderState.IN_FORCE,
        how_made=told.how_made,
        force=told.force,
        court=told.court,
        made_on=told.made_on,
        ends_on=day(told.ends_on),
        served_on=told.served_on,
        served_how=told.served_how,
        locality=told.locality,
        moved_from=sender,
        token=secrets.token_urlsafe(16),
        submission=secrets.token_urlsafe(16),
        started_by=by.who,
        started_at=at,
    )


def day(text: str) -> date | None:
    """Return the day in an envelope's text, which may be empty. Raises CannotHandle."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the sender.") from None


def _person(told: payloads.OrderHandover, by: Actor, at: datetime) -> Person:
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
        added_by=by.who,
        added_at=at,
    )


def _fill(order: Order, told: payloads.OrderHandover, *, by: Actor, at: datetime) -> None:
    """Add the protected persons and conditions of a saved order, and the first line of its history."""
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
    title, words = "Taken over from another force", f"Telephone there: {told.contact}"
    note(order, title, on=day_of(told.handed_at), by=by, at=at, words=words)


def _payload(order: Order, handover: Handover, at: datetime) -> payloads.OrderHandover:
    if order.made_on is None or order.served_on is None:
        raise Refused("Only an order that was served is offered")
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
        reason=handover.reason,
        answer_by=iso(handover.answer_by),
    )
