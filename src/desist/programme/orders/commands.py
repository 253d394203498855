"""What the police tell about a person's Stalking Protection Order."""

from datetime import date

from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.programme.orders.models import Order
from desist.programme.policy import Action
from desist.programme.referrals.models import Referral
from desist.wall import gate


class UnknownThread(Exception):
    """An envelope is about a referral that this site does not have."""


def receive(received: Received) -> None:
    """Keep the newest notice of an order. Order is not promised: an older notice changes nothing."""
    told: payloads.OrderNotice = received.payload
    referral = Referral.objects.filter(thread=received.thread, partner=received.sender).first()
    if referral is None:
        raise UnknownThread(received.sender)
    known = referral.protection_orders.filter(token=told.order).first()
    if known is None:
        order = _told(Order(referral=referral, area=referral.area, token=told.order), told)
        with gate.create(received.actor, Action.RECEIVE_ORDER, order, at=received.at):
            return
    with gate.change(received.actor, Action.RECEIVE_ORDER, Order, known.ref, at=received.at) as order:
        if order.told_at < told.told_at:
            _told(order, told).save()


def _told(order: Order, told: payloads.OrderNotice) -> Order:
    order.kind, order.event = told.kind, told.event
    order.made_on, order.served_on = told.made_on, _day(told.served_on)
    order.ends_on, order.hearing_on = _day(told.ends_on), _day(told.hearing_on)
    order.requirements, order.exclusions = list(told.requirements), list(told.exclusions)
    order.told_at = told.told_at
    return order


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the police.") from None
