"""A person's orders as the banner on their page shows them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, JSONObject

from desist.programme.orders.models import Order
from desist.ui.dates import day_of
from desist.wall.statements import Slot

KINDS = {"full": "Stalking Protection Order", "interim": "Interim Stalking Protection Order"}


@dataclass(frozen=True)
class Banner:
    """One order: what it asks of the work here, and its next date with what happens on it."""

    kind: str
    in_force: bool
    made_on: date
    served_on: date | None
    ends_on: date | None
    requirements: tuple[str, ...]
    exclusions: tuple[str, ...]
    next_on: date | None
    next_words: str
    told_on: date


#: what a banner needs of an order
TOLD = ("kind", "made_on", "served_on", "ends_on", "hearing_on", "requirements", "exclusions", "told_at")


def told(referral: OuterRef) -> ArraySubquery:
    """Of rows with a referral: its orders that have not ended on the day in the slot `today`, for `banners`."""
    today = Cast(Slot.value("today"), DateField())
    return ArraySubquery(_live(today).filter(referral=referral).values_list(_said()))


def of(*, referral: int, today: date) -> tuple[Banner, ...]:
    """The same of one referral, on a page that asks for more than one thing."""
    found = _live(today).filter(referral=referral).values_list(_said(), flat=True)
    return tuple(_banner(one, today) for one in found)


def _live(today: date | Cast) -> QuerySet[Order]:
    orders = Order.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return orders.exclude(event="ended").order_by("made_on", "pk")


def _said() -> JSONObject:
    return JSONObject(**{name: name for name in TOLD})


def banners(found: Iterable[str], *, today: date) -> tuple[Banner, ...]:
    """The orders that `told` found, as the police told them."""
    return tuple(_banner(json.loads(one), today) for one in found)


def exclusions(*, referral: int, on: date) -> tuple[str, ...]:
    """Where orders say a person may not be, on a day or after it, in the police's words; each once."""
    orders = Order.objects.filter(referral=referral).exclude(event="ended").order_by("made_on", "pk")
    live = orders.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return tuple(
        dict.fromkeys(words for found in live.values_list("exclusions", flat=True) for words in found)
    )


def _banner(one: dict[str, Any], today: date) -> Banner:
    served, ends, hearing = (
        date.fromisoformat(one[name]) if one[name] else None
        for name in ("served_on", "ends_on", "hearing_on")
    )
    ahead = [(hearing, "hearing"), (ends, "last day of the order")]
    coming = min(((day, words) for day, words in ahead if day and day >= today), default=(None, ""))
    return Banner(
        kind=KINDS.get(one["kind"], KINDS["full"]),
        in_force=served is not None,
        made_on=date.fromisoformat(one["made_on"]),
        served_on=served,
        ends_on=ends,
        requirements=tuple(one["requirements"]),
        exclusions=tuple(one["exclusions"]),
        next_on=coming[0],
        next_words=coming[1],
        told_on=day_of(datetime.fromisoformat(one["told_at"])),
    )
