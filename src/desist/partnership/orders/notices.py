"""The minimal order that the programme receives: no protected person, no locator, only what concerns its work."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime

from desist.partnership.orders import wording
from desist.partnership.orders.codes import Channel, ConditionKind
from desist.partnership.orders.models import Condition, Order
from desist.partnership.pairs import commands as pairs
from desist.post import outbox, partners, payloads
from desist.post.payloads import OrderEvent as Event

__all__ = ["Event", "tell", "tell_advocacy", "tell_programme"]

ASK = "The words are with the police: telephone the order coordinator"


def tell_advocacy(order: Order, event: Event, *, on: date, at: datetime) -> None:
    """Tell the advocacy service of each protected person the kind and the day; it tells its client when that is safe.

    A partner that this site no longer writes to gets no notice, here and below: the decision is recorded anyway.
    """
    references = order.protected.values_list("crime_reference", flat=True)
    for side in pairs.of_crimes(area=order.area, crime_references=tuple(references)):
        update = payloads.OrderUpdate(event=event, on=on)
        with suppress(partners.NoSuchPartner):
            outbox.send(update, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)


def tell(order: Order, event: Event, *, on: date, at: datetime) -> None:
    """Send the order as it stands to the programme it is tied to, and its kind and day to the advocacy service."""
    tell_advocacy(order, event, on=on, at=at)
    tell_programme(order, event, on=on, at=at)


def tell_programme(order: Order, event: Event, *, on: date, at: datetime) -> None:
    """Send the programme the minimal order, if it is tied to a referral there."""
    referral = order.referral
    if referral is None or referral.thread is None or order.made_on is None:
        return
    known = wording.released(order)
    notice = payloads.OrderNotice(
        order=order.token,
        event=event,
        on=on,
        kind=order.kind,
        made_on=order.made_on,
        served_on=iso(order.served_on),
        ends_on=iso(order.closed_on or order.ends_on),
        hearing_on=iso(order.hearing_on),
        requirements=tuple(requirement(one, known) for one in _live(order, on) if _is_for_programme(one)),
        exclusions=tuple(exclusion(one, known) for one in _live(order, on) if one.channel == Channel.AREA),
        told_at=at,
    )
    case = {"case": referral.ref, "about": referral.called}
    with suppress(partners.NoSuchPartner):
        outbox.send(notice, to=referral.programme, thread=referral.thread, at=at, **case)


def requirement(condition: Condition, released: Collection[str]) -> str:
    """What the person must do, or ASK if the words may lead to a person and no second person released them."""
    may = wording.digest(condition) in released or not wording.may_lead(condition.text)
    return condition.text if may else ASK


def exclusion(condition: Condition, released: Collection[str]) -> str:
    """The places the person must avoid: the kind of place, and the words or, until they are released, ASK."""
    kinds, words = wording.area(condition), condition.area_words
    if words and wording.digest(condition) not in released:
        words = ASK
    return ": ".join(part for part in (kinds, words) if part) or ASK


def iso(day: date | None) -> str:
    """The ISO text of a day for an envelope; the day may be missing."""
    return day.isoformat() if day else ""


def _is_for_programme(condition: Condition) -> bool:
    return condition.kind == ConditionKind.REQUIREMENT and condition.channel == Channel.PROGRAMME


def _live(order: Order, on: date) -> list[Condition]:
    return [one for one in order.conditions.order_by("number") if one.ends_on is None or one.ends_on >= on]
