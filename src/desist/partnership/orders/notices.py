"""The minimal order that the programme hears of: no protected person, no locator, only what concerns its work."""

from datetime import date, datetime

from desist.orders import locators
from desist.partnership.orders.codes import Channel, ConditionKind
from desist.partnership.orders.models import Condition, Order
from desist.post import outbox, payloads
from desist.post.payloads import OrderEvent as Event

__all__ = ["Event", "tell"]

ASK = "The words are with the police: telephone the order coordinator"


def tell(order: Order, event: Event, *, on: date, at: datetime) -> None:
    """Send the programme the order as it stands, if it is tied to a referral there."""
    referral = order.referral
    if referral is None or referral.thread is None or order.made_on is None:
        return
    notice = payloads.OrderNotice(
        order=order.token,
        event=event,
        on=on,
        kind=order.kind,
        made_on=order.made_on,
        served_on=iso(order.served_on),
        ends_on=iso(order.closed_on or order.ends_on),
        hearing_on=iso(order.hearing_on),
        requirements=tuple(requirement(one) for one in _live(order, on) if _is_for_programme(one)),
        exclusions=tuple(exclusion(one) for one in _live(order, on) if one.channel == Channel.AREA),
        told_at=at,
    )
    outbox.send(notice, to=referral.programme, thread=referral.thread, at=at, case=referral.ref)


def requirement(condition: Condition) -> str:
    """What the person must do, unless its words could lead to somebody."""
    return ASK if locators.find(condition.text) else condition.text


def exclusion(condition: Condition) -> str:
    """Where the person may not be, in words that lead to nobody."""
    words = condition.area_words
    return words if words and not locators.find(words) else ASK


def iso(day: date | None) -> str:
    """A day that may be missing, as envelopes hold it."""
    return day.isoformat() if day else ""


def _is_for_programme(condition: Condition) -> bool:
    return condition.kind == ConditionKind.REQUIREMENT and condition.channel == Channel.PROGRAMME


def _live(order: Order, on: date) -> list[Condition]:
    return [one for one in order.conditions.order_by("number") if one.ends_on is None or one.ends_on >= on]
