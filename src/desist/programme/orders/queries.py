"""A person's orders, for the banner on their page and for the pages that type them in."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, JSONObject

from desist.accounts import queries as accounts
from desist.post.payloads import OrderEvent
from desist.programme.episodes.models import Episode
from desist.programme.orders import commands, kinds
from desist.programme.orders.models import Order
from desist.programme.orders.policy import Action
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import orders as referred
from desist.referral.lists import OrderKind
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Slot, Statement, among, day


@dataclass(frozen=True)
class Banner:
    """One order: what it asks of the work here, and its next date with what happens on it."""

    kind: str
    in_force: bool
    made_on: date
    served_on: date | None
    ends_on: date | None
    hearing_on: date | None
    requirements: tuple[str, ...]
    exclusions: tuple[str, ...]
    next_on: date | None
    next_words: str
    told_on: date
    typed: bool  # typed in here, from its certified copy


@dataclass(frozen=True)
class OrderRow:
    """One order, whole. `typed_by` is the colleague who typed it in here; "" where the police told it."""

    ref: str
    kind: str
    state: str
    made_on: date
    served_on: date | None
    ends_on: date | None
    hearing_on: date | None
    requirements: tuple[str, ...]
    exclusions: tuple[str, ...]
    typed_by: str
    told_at: datetime
    version: int
    may_change: bool
    code: str

    @property
    def said(self) -> dict[str, Any]:
        """The answers with which the form begins."""
        return {
            "kind": self.code,
            "made_on": self.made_on,
            "served_on": self.served_on,
            "ends_on": self.ends_on,
            "hearing_on": self.hearing_on,
            "requirements": "\n".join(self.requirements),
            "exclusions": "\n".join(self.exclusions),
        }


@dataclass(frozen=True)
class Untold:
    """An order in force that only the referral mentions; `by_post`: the police will tell of it over the post."""

    name: str
    ends_on: date | None
    words: str
    by_post: bool


@dataclass(frozen=True)
class OrdersPage:
    """A person's orders, the newest first; `told`: the police tell of Stalking Protection Orders over the post."""

    episode: str
    spoken: str
    name: str
    rows: tuple[OrderRow, ...]
    untold: tuple[Untold, ...]
    may_type: bool
    told: bool


@dataclass(frozen=True)
class Excluded:
    """Where an order says a person may not be, in its own words, and the order's last day if it has one."""

    words: str
    last: date | None


#: the columns that a banner needs of an order
TOLD = (
    *("kind", "made_on", "served_on", "ends_on", "hearing_on"),
    *("requirements", "exclusions", "told_at", "typed_by"),
)


def orders(*, actor: Actor, episode: str, at: datetime) -> OrdersPage:
    """Return a person's orders, with those that have ended."""
    return _page(gate.open(actor, Action.SEE_ORDERS, Episode, episode, at=at), actor, at)


def to_type(*, actor: Actor, episode: str, at: datetime) -> OrdersPage:
    """Return the page that enters an order."""
    return _page(gate.open(actor, Action.TYPE_ORDER, Episode, episode, at=at), actor, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> tuple[OrdersPage, OrderRow]:
    """Return one order and the person it is about, to be changed."""
    row = gate.open(actor, Action.CHANGE_ORDER, Order, ref, at=at).select_related("referral__episode").get()
    episode = getattr(row.referral, "episode", None)
    if episode is None:  # the page belongs to a person on the programme
        raise gate.NotFound(ref)
    page = _page(Episode.objects.filter(pk=episode.pk), actor, at)
    return page, _row(row, actor, may=True, today=day_of(at))


def _page(rows: QuerySet[Episode], actor: Actor, at: datetime) -> OrdersPage:
    row = rows.select_related("referral").get()
    may = actor.role in policy.rule(Action.TYPE_ORDER).roles
    return OrdersPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        rows=tuple(
            _row(one, actor, may=may, today=day_of(at))
            for one in row.referral.protection_orders.order_by("-made_on", "-pk")
        ),
        untold=untold(referral=row.referral, today=day_of(at)),
        may_type=may,
        told=commands.told_over_post(row.referral),
    )


def _row(row: Order, actor: Actor, *, may: bool, today: date) -> OrderRow:
    ended = row.event == OrderEvent.ENDED
    return OrderRow(
        ref=row.ref,
        kind=kinds.name(row.kind),
        state=_state(row, today),
        made_on=row.made_on,
        served_on=row.served_on,
        ends_on=row.ends_on,
        hearing_on=row.hearing_on,
        requirements=tuple(row.requirements),
        exclusions=tuple(row.exclusions),
        typed_by=accounts.as_read_by(actor, row.typed_by) if row.typed_by else "",
        told_at=row.told_at,
        version=row.version,
        may_change=may and bool(row.typed_by) and not ended,
        code=row.kind,
    )


def _state(row: Order, today: date) -> str:
    """Return the state of an order on a day: its last day is one of its days."""
    if row.event == OrderEvent.ENDED:
        return "Ended"
    if row.ends_on and row.ends_on < today:
        return "Expired"
    return "In force" if kinds.in_force(row.kind, served=row.served_on is not None) else "Made, not served"


def told(referral: OuterRef) -> ArraySubquery:
    """Return a query for the orders of a row's referral that have not ended on the day in the slot `today`."""
    today = Cast(Slot.value("today"), DateField())
    return ArraySubquery(live(today).filter(referral=referral).values_list(_said()))


def of(*, referral: int, today: date) -> tuple[Banner, ...]:
    """Return the banners of one referral, on a page that asks for more than one thing."""
    return banners((one for (one,) in BANNERS.rows(people=[referral], today=today)), today=today)


def live(today: date | Cast) -> QuerySet[Order]:
    """Return the orders that have not ended on a day, the oldest first."""
    orders = Order.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    return orders.exclude(event=OrderEvent.ENDED).order_by("made_on", "pk")


def _said() -> JSONObject:
    return JSONObject(**{name: name for name in TOLD})


BANNERS = Statement(lambda: live(day("today")).filter(referral__in=among("people")).values_list(_said()))


def banners(found: Iterable[str], *, today: date) -> tuple[Banner, ...]:
    """Return the banners of the orders that `told` found."""
    return tuple(_banner(json.loads(one), today) for one in found)


def exclusions(*, referral: int, on: date) -> tuple[str, ...]:
    """Return where orders say a person may not be, on a day or after it, each once, in the order's words."""
    found = excluded(referrals=[referral], since=on).get(referral, [])
    return tuple(dict.fromkeys(one.words for one in found))


def excluded_by(bound_by: Iterable[Banner]) -> tuple[str, ...]:
    """Return the same from the banners of a referral, on a page that asks for them anyway."""
    return tuple(dict.fromkeys(words for one in bound_by for words in one.exclusions))


def exclusions_then(*, referral: int, first: date, last: date) -> tuple[str, ...]:
    """Return where orders said that a person may not be, on any of these past days; ended orders count too.

    An order that ended on an unknown day is left out.
    """
    orders = Order.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=first), referral=referral, made_on__lte=last
    )
    known = orders.exclude(event=OrderEvent.ENDED, ends_on=None).order_by("made_on", "pk")
    found = known.values_list("exclusions", flat=True)
    return tuple(dict.fromkeys(words for one in found for words in one))


def excluded(*, referrals: Collection[int], since: date) -> dict[int, list[Excluded]]:
    """Return by referral what orders exclude on a day or after it; a referral without exclusions is missing."""
    found: dict[int, list[Excluded]] = {}
    for referral, last, places in EXCLUDED.rows(people=list(referrals), since=since) if referrals else ():
        for words in places:
            found.setdefault(referral, []).append(Excluded(words, last))
    return found


def _excluded() -> QuerySet[Any]:
    orders = Order.objects.filter(referral__in=among("people")).exclude(event=OrderEvent.ENDED)
    live = orders.filter(Q(ends_on=None) | Q(ends_on__gte=day("since"))).order_by("made_on", "pk")
    return live.values_list("referral", "ends_on", "exclusions")


EXCLUDED = Statement(_excluded)


def untold(*, referral: Referral, today: date) -> tuple[Untold, ...]:
    """Return the orders in force that only the referral mentions: where the person may not be is then unknown."""
    if not (bound := _bound(referral.orders, today)):
        return ()
    return tuple(
        Untold(
            name=str(one.kind.label),
            ends_on=one.ends,
            words=one.words,
            by_post=by_post and kinds.of_referral(one.kind) in kinds.PROTECTION,
        )
        for known, by_post in KNOWN.rows(people=[referral.pk], today=today)
        for one in _unknown(bound, known)
    )


def _known() -> QuerySet[Any]:
    """Return of each referral the kinds of its orders that are known, and whether its partner tells of orders by itself."""
    by_post = Exists(commands.tells_over_post(OuterRef("partner")))
    return Referral.objects.filter(pk__in=among("people")).values_list(known(OuterRef("pk")), by_post)


def known(referral: OuterRef) -> ArraySubquery:
    """Return the kinds of a row's orders that are known on the day in the slot `today`, for `only_referred`."""
    today = Cast(Slot.value("today"), DateField())
    orders = Order.objects.filter(_answers(today), referral=referral).order_by("pk")
    return ArraySubquery(orders.values("kind"))


KNOWN = Statement(_known)


def only_referred(written: Iterable[str], *, known: Iterable[str], today: date) -> tuple[str, ...]:
    """Return the orders in force that only the referral mentions, in its words; `known` comes from `known()`."""
    return tuple(one.words for one in _unknown(_bound(written, today), known))


def _bound(written: Iterable[str], today: date) -> list[referred.Order]:
    """Return what the referral says is in force on a day."""
    return [
        one
        for one in referred.read(written=written)
        if one.kind is not OrderKind.NONE and (one.ends is None or one.ends >= today)
    ]


def _answers(today: date | Cast) -> Q:
    """Return the orders that a referral can mean: those that were ended count, those that ran out do not."""
    return Q(event=OrderEvent.ENDED) | Q(ends_on=None) | Q(ends_on__gte=today)


def _unknown(bound: Iterable[referred.Order], known: Iterable[str]) -> Iterator[referred.Order]:
    """Return the orders a referral mentions that no known order matches."""
    left = Counter(known)
    told = frozenset(left)
    for one in bound:
        kind = kinds.of_referral(one.kind)
        if not kinds.replaced(kind, known=told) and not _counted_off(left, kind):
            yield one


def _counted_off(known: Counter[str], kind: str) -> bool:
    """Return whether an order of a kind is known, and count it off: two of a kind are two orders."""
    found = known[kind] > 0
    known[kind] -= found
    return found


def _banner(one: dict[str, Any], today: date) -> Banner:
    served, ends, hearing = (
        date.fromisoformat(one[name]) if one[name] else None
        for name in ("served_on", "ends_on", "hearing_on")
    )
    ahead = [(hearing, "hearing"), (ends, "last day of the order")]
    coming = min(((day, words) for day, words in ahead if day and day >= today), default=(None, ""))
    return Banner(
        kind=kinds.name(one["kind"]),
        in_force=kinds.in_force(one["kind"], served=served is not None),
        made_on=date.fromisoformat(one["made_on"]),
        served_on=served,
        ends_on=ends,
        hearing_on=hearing,
        requirements=tuple(one["requirements"]),
        exclusions=tuple(one["exclusions"]),
        next_on=coming[0],
        next_words=coming[1],
        told_on=day_of(datetime.fromisoformat(one["told_at"])),
        typed=bool(one["typed_by"]),
    )
