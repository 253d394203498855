"""A person's orders as the banner on their page shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast

from desist.programme.orders.models import Order
from desist.ui.dates import day_of
from desist.wall.statements import Slot, Statement

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


class Told(NamedTuple):
    """What the police told of an order, as far as a banner needs it."""

    kind: str
    made_on: date
    served_on: date | None
    ends_on: date | None
    hearing_on: date | None
    requirements: list[str]
    exclusions: list[str]
    told_at: datetime


def banners(*, referral: str, today: date) -> tuple[Banner, ...]:
    """The orders of the person of a referral that have not ended, as the police told them."""
    found = LIVE.rows(referral=referral, today=today.isoformat())
    return tuple(_banner(Told(*row), today) for row in found)


def _live() -> QuerySet[Any]:
    today = Cast(Slot.value("today"), DateField())
    orders = Order.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), referral__ref=Slot("referral"))
    live = orders.exclude(event="ended").order_by("made_on", "pk")
    return live.values_list(*Told._fields)  # noqa: SLF001 -- a named tuple's public list of its names


LIVE = Statement(_live)


def exclusions(*, referral: int, on: date) -> tuple[str, ...]:
    """Where orders say a person may not be, on a day or after it, in the police's words; each once."""
    orders = Order.objects.filter(referral=referral).exclude(event="ended").order_by("made_on", "pk")
    live = orders.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return tuple(
        dict.fromkeys(words for found in live.values_list("exclusions", flat=True) for words in found)
    )


def _banner(one: Told, today: date) -> Banner:
    ahead = [(one.hearing_on, "hearing"), (one.ends_on, "last day of the order")]
    coming = min(((day, words) for day, words in ahead if day and day >= today), default=(None, ""))
    return Banner(
        kind=KINDS.get(one.kind, KINDS["full"]),
        in_force=one.served_on is not None,
        made_on=one.made_on,
        served_on=one.served_on,
        ends_on=one.ends_on,
        requirements=tuple(one.requirements),
        exclusions=tuple(one.exclusions),
        next_on=coming[0],
        next_words=coming[1],
        told_on=day_of(one.told_at),
    )
