"""Questions about releases, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from desist.accounts import queries as accounts
from desist.locators import Finding
from desist.partnership.orders import wording
from desist.partnership.orders.models import Condition, Order, Protected
from desist.partnership.orders.states import CLOSED, LIVE
from desist.partnership.orders.states import State as OrderState
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.states import State as SideState
from desist.partnership.policy import ORDERS
from desist.partnership.releases import commands
from desist.partnership.releases.clearing import clearing, conditions, refused, unasked
from desist.partnership.releases.models import ClientNotice, Release
from desist.partnership.releases.policy import Action
from desist.partnership.releases.states import Answer, Clearing, Reason, State
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question

MOST = 200  # at one turn of the clock


@dataclass(frozen=True)
class Words:
    """One condition to be released: all its words, and each part that looks like a lead."""

    number: int
    served: str
    necessity: str
    leads: bool
    checked: bool  # the reader could read its words
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Open:
    """A question that waits for a second person."""

    ref: str
    reason: str
    words: str
    asked_by: str
    asked_at: datetime
    answer_by: datetime | None
    clearing: Clearing
    without_words: str
    without_by: str
    cannot: str  # why the actor cannot release it now
    may_go_on: bool  # without the answer of a service
    current: bool  # no word was rewritten since


@dataclass(frozen=True)
class Page:
    """The unreleased words of an order, and the open question about them."""

    order: str
    spoken: str
    name: str
    version: int
    waiting: tuple[Words, ...]
    open: Open | None


@dataclass(frozen=True)
class Due:
    """A release that the actor may decide now."""

    order: str
    spoken: str
    name: str
    asked_at: datetime


def words(*, actor: Actor, order: str, at: datetime) -> Page:
    """The words of one order that wait to be asked for or to be decided."""
    row = gate.open(actor, Action.ASK_RELEASE, Order, order, at=at).select_related("person").get()
    asked = row.releases.filter(state=State.ASKED).first()
    return _page(row, asked, actor, at)


def decision(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One open question, with the words that it is about."""
    row = gate.open(actor, Action.DECIDE_RELEASE, Release, ref, at=at)
    asked = row.select_related("order__person").get()
    return _page(asked.order, asked, actor, at)


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """The questions that wait for the actor, the oldest first."""
    if actor.role not in ORDERS:
        return ()
    rows = gate.few(actor, Action.SEE_RELEASES, ASKED, at=at)
    found = rows.select_related("order__person").prefetch_related("clearances__side")
    return tuple(
        Due(one.order.ref, spoken(one.order.ref), _name(one.order), one.asked_at)
        for one in found.order_by("asked_at", "pk")
        if not commands.cannot_release(one, actor=actor, at=at)
        or clearing(one, at=at) in {Clearing.UNANSWERED, Clearing.REFUSED}
    )


def _asked(rows: QuerySet[Release]) -> QuerySet[Any]:
    return rows.filter(state=State.ASKED).order_by("asked_at", "pk").values_list("pk")[:MOST]


def _refused(rows: QuerySet[Release]) -> QuerySet[Any]:
    rows = rows.exclude(order__state__in=CLOSED).filter(clearances__answer=Answer.REFUSED)
    return rows.order_by().values_list("order").distinct()


ASKED, REFUSED = Question(Release, _asked), Question(Release, _refused)


def too_late(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """The orders with released words that a service refuses, until it answers otherwise or an officer rewrites them."""
    if actor.role not in ORDERS:
        return ()
    said = [order for (order,) in gate.read(actor, Action.SEE_RELEASES, REFUSED, at=at)]
    asked_at = Max("releases__clearances__answered_at", filter=Q(releases__clearances__answer=Answer.REFUSED))
    found = Order.objects.filter(pk__in=said).select_related("person").annotate(refused_at=asked_at)
    return tuple(
        Due(one.ref, spoken(one.ref), _name(one), one.refused_at)
        for one in found.order_by("refused_at", "pk")[:MOST]
        if {wording.digest(word) for word in refused(one, at=at)} & wording.released(one)
    )


def unasked_releases(*, at: datetime) -> tuple[str, ...]:
    """The releases with a service still to be asked; for the clock."""
    rows = Release.objects.filter(state=State.ASKED, answer_by__gt=at).select_related("order")
    return tuple(one.ref for one in rows.order_by("asked_at", "pk")[:MOST] if unasked(one))


def untold_orders() -> tuple[str, ...]:
    """The orders whose present state an advocate of a protected person has not been told; for the clock."""
    told = ClientNotice.objects.filter(side=OuterRef("pk"), order=OuterRef(OuterRef("order")))
    told = told.filter(version__gte=OuterRef(OuterRef("order__version")))
    sides = Side.objects.filter(
        ~Exists(told),
        state=SideState.STANDS,
        area=OuterRef("order__area"),
        crime_reference__iexact=OuterRef("crime_reference"),
    )
    ever = ClientNotice.objects.filter(order=OuterRef("order"), version__lt=F("order__version"))
    rows = Protected.objects.filter(Exists(sides)).exclude(order__state=OrderState.MOVED)
    found = rows.filter(order__state__in=LIVE) | rows.filter(Exists(ever))
    return tuple(found.order_by("order").values_list("order__ref", flat=True).distinct()[:MOST])


def released_conditions() -> frozenset[str]:
    """The references of the conditions whose exact words a second person released; for the check of stored words."""
    rows = Condition.objects.filter(order__releases__state=State.RELEASED).select_related("order").distinct()
    return frozenset(one.ref for one in rows if wording.digest(one) in wording.released(one.order))


def _page(row: Order, asked: Release | None, actor: Actor, at: datetime) -> Page:
    found = conditions(asked) if asked and asked.state == State.ASKED else wording.waiting(row)
    return Page(
        order=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        version=row.version,
        waiting=tuple(map(_words, found)),
        open=_open(asked, actor, at) if asked else None,
    )


def _words(one: Condition) -> Words:
    return Words(
        number=one.number,
        served=wording.served(one),
        necessity=one.necessity,
        leads=wording.leads(one),
        checked=wording.is_checked(one),
        findings=wording.places(one),
    )


def _open(asked: Release, actor: Actor, at: datetime) -> Open:
    stands = clearing(asked, at=at)
    names = accounts.names(refs={asked.asked_by, asked.without_by} - {""})
    waiting = {wording.digest(one) for one in wording.waiting(asked.order)}
    return Open(
        ref=asked.ref,
        reason=str(Reason(asked.reason).label),
        words=asked.words,
        asked_by=names.get(asked.asked_by, asked.asked_by),
        asked_at=asked.asked_at,
        answer_by=asked.answer_by,
        clearing=stands,
        without_words=asked.without_words,
        without_by=names.get(asked.without_by, asked.without_by),
        cannot=commands.cannot_release(asked, actor=actor, at=at),
        may_go_on=asked.state == State.ASKED and stands is Clearing.UNANSWERED,
        current=set(asked.digests) == waiting,
    )


def _name(order: Order) -> str:
    return f"{order.person.given_names} {order.person.family_name}"
