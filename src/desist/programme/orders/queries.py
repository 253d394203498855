"""A person's orders as the banner on their page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from desist.programme.orders.models import Order

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


def banners(*, orders: Iterable[Order], today: date) -> tuple[Banner, ...]:
    """The orders that have not ended, as the police told them."""
    return tuple(
        _banner(one, today)
        for one in sorted(orders, key=lambda one: (one.made_on, one.pk))
        if one.event != "ended" and (one.ends_on is None or one.ends_on >= today)
    )


def exclusions(*, referral: int, on: date) -> tuple[str, ...]:
    """Where orders say a person may not be, on a day or after it, in the police's words; each once."""
    orders = Order.objects.filter(referral=referral).exclude(event="ended").order_by("made_on", "pk")
    live = orders.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return tuple(
        dict.fromkeys(words for found in live.values_list("exclusions", flat=True) for words in found)
    )


def _banner(one: Order, today: date) -> Banner:
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
        told_on=one.told_at.date(),
    )
