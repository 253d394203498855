"""Commands that change a person's orders: the police tell of them, or staff enter them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet

from desist.merges import records
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.post.payloads import OrderEvent
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.orders import kinds
from desist.programme.orders.models import Order
from desist.programme.orders.policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


class UnknownThread(Exception):
    """An envelope is about a referral that this site does not have."""


TOLD = "Not saved: the police send details of this person’s Stalking Protection Orders electronically"
ENDED = "Not saved: this order has ended"


@dataclass(frozen=True)
class Typed:
    """The minimal order: its days, its demands on the programme, and the places the person may not enter."""

    kind: str
    made_on: date
    served_on: date | None
    ends_on: date | None
    hearing_on: date | None
    requirements: tuple[str, ...]
    exclusions: tuple[str, ...]
    override: Override | None = None


def receive(received: Received) -> None:
    """Keep the newest notice of an order. Envelopes come in any order: an older notice changes nothing.

    During a programme a practitioner has to read it, as an amendment: sessions may be planned where it forbids them.
    """
    told: payloads.OrderNotice = received.payload
    about = Referral.objects.select_for_update(no_key=True)
    referral = about.filter(thread=received.thread, partner=received.sender).first()
    if referral is None:
        raise UnknownThread(received.sender)
    if (into := records.leading(referral.ref)) != referral.ref:
        referral = about.get(ref=into)
    known = referral.protection_orders.filter(token=told.order).first()
    if known is None:
        order = _told(Order(referral=referral, area=referral.area, token=told.order), told)
        with gate.create(received.actor, Action.RECEIVE_ORDER, order, at=received.at):
            _to_read(referral, at=received.at)
        return
    with gate.change(received.actor, Action.RECEIVE_ORDER, Order, known.ref, at=received.at) as order:
        if order.told_at < told.told_at:
            _told(order, told).save()
            _to_read(referral, at=received.at)


def type_in(*, actor: Actor, episode: str, typed: Typed, submission: str, at: datetime) -> None:
    """Keep an order; one sent twice is kept once. Raises words.Unclear, and Refused where the police tell of it."""
    with gate.change(actor, Action.TYPE_ORDER, Episode, episode, at=at) as row:
        referral = row.referral
        if typed.kind in kinds.PROTECTION and told_over_post(referral):
            raise Refused(TOLD)
        if referral.protection_orders.filter(token=submission[:40]).exists():
            return
        _hold(referral, typed, actor, at)
        order = Order(referral=referral, area=row.area, token=submission[:40], typed_by=actor.who)
        _say(order, typed, at)
        order.save()
        referral.happened(Happened.ORDER_TYPED, by=actor.who, at=at)


def change(*, actor: Actor, ref: str, typed: Typed, version: int | None, at: datetime) -> None:
    """Correct an order that was typed in, or enter its changes. Raises the errors of `type_in` and `_open`."""
    with _open(actor, ref, version, at) as order:
        becomes = typed.kind in kinds.PROTECTION and order.kind not in kinds.PROTECTION
        if becomes and told_over_post(order.referral):
            raise Refused(TOLD)
        _hold(order.referral, typed, actor, at)
        _say(order, typed, at)
        order.referral.happened(Happened.ORDER_CHANGED, by=actor.who, at=at)


def end(*, actor: Actor, ref: str, ended_on: date, version: int | None, at: datetime) -> None:
    """Record that a typed-in order has ended, and on which day. Raises the errors of `_open`."""
    with _open(actor, ref, version, at) as order:
        order.event, order.ends_on, order.told_at = OrderEvent.ENDED, ended_on, at
        order.referral.happened(Happened.ORDER_ENDED, by=actor.who, at=at)


def told_over_post(referral: Referral) -> bool:
    """Return whether the referral's partner has software, which tells of orders by itself."""
    return tells_over_post(referral.partner).exists()


def tells_over_post(name: str | OuterRef) -> QuerySet[Partner]:
    """Return the partner of a name, where it has software."""
    return Partner.objects.filter(name=name).exclude(transport=Transport.BY_HAND)


@contextmanager
def _open(actor: Actor, ref: str, version: int | None, at: datetime) -> Iterator[Order]:
    """Open an order that was typed in, as the page showed it. Raises Refused and Changed."""
    with gate.change(actor, Action.CHANGE_ORDER, Order, ref, at=at) as order:
        if not order.typed_by:
            raise Refused(TOLD)
        if order.event == OrderEvent.ENDED:
            raise Refused(ENDED)
        gate.next_version(order, version)
        yield order
        order.save()


def _hold(row: Referral, typed: Typed, actor: Actor, at: datetime) -> None:
    texts = {"requirements": "\n".join(typed.requirements), "exclusions": "\n".join(typed.exclusions)}
    named = audit.row_name(Referral, row.ref)
    clearances.hold(named=named, texts=texts, override=typed.override, actor=actor, at=at)


def _say(order: Order, typed: Typed, at: datetime) -> None:
    order.kind, order.event = typed.kind, OrderEvent.SERVED if typed.served_on else OrderEvent.MADE
    order.made_on, order.served_on, order.ends_on = typed.made_on, typed.served_on, typed.ends_on
    order.hearing_on = typed.hearing_on
    order.requirements, order.exclusions = list(typed.requirements), list(typed.exclusions)
    order.told_at = at


def _told(order: Order, told: payloads.OrderNotice) -> Order:
    order.kind, order.event = told.kind, told.event
    order.made_on, order.served_on = told.made_on, _day(told.served_on)
    order.ends_on, order.hearing_on = _day(told.ends_on), _day(told.hearing_on)
    order.requirements, order.exclusions = list(told.requirements), list(told.exclusions)
    order.told_at = told.told_at
    return order


def _to_read(referral: Referral, *, at: datetime) -> None:
    """Ask the practitioner to read what the police sent; an older page cannot say that they did."""
    referral.happened(Happened.ORDER_TOLD, by="", at=at)
    gate.next_version(referral)
    referrals.to_read(referral, at=at)
    referral.save(update_fields=["version", "unread_since"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the police.") from None
