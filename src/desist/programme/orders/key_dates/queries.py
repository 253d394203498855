"""Questions about the days that lie ahead of a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.orders import queries as orders
from desist.programme.orders.key_dates import calendar
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.orders.key_dates.policy import Action
from desist.programme.orders.key_dates.states import YEARLY, Kind
from desist.programme.orders.queries import Banner, Untold
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among

NOTED, REFERRED = "Added here", "As referred"


@dataclass(frozen=True)
class Coming:
    """A day within the next twelve months; `words` are empty where the record has none."""

    on: date
    kind: str
    words: str
    known_from: str


@dataclass(frozen=True)
class KeyDateRow:
    """A noted day; `next_on` is when it comes next, None where it has passed."""

    ref: str
    kind: str
    day: date
    words: str
    next_on: date | None
    yearly: bool
    noted_by: str
    version: int
    code: str

    @property
    def said(self) -> dict[str, Any]:
        """The answers with which the form begins."""
        return {"kind": self.code, "day": self.day, "words": self.words}


@dataclass(frozen=True)
class KeyDatesPage:
    """Every day noted for a person, and the days that orders bring."""

    episode: str
    spoken: str
    name: str
    rows: tuple[KeyDateRow, ...]
    of_orders: tuple[Coming, ...]
    may_note: bool


def page(*, actor: Actor, episode: str, at: datetime) -> KeyDatesPage:
    """Return a person's days."""
    rows = gate.open(actor, Action.SEE_DAYS_AHEAD, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_note(*, actor: Actor, episode: str, at: datetime) -> KeyDatesPage:
    """Return the page that notes a day."""
    rows = gate.open(actor, Action.NOTE_DAY_AHEAD, Episode, episode, at=at)
    return _page(rows.select_related("referral").get(), actor, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> tuple[KeyDatesPage, KeyDateRow, bool]:
    """Return whose day it is, the day, and whether it was taken off the list."""
    rows = gate.open(actor, Action.CHANGE_DAY_AHEAD, DayAhead, ref, at=at)
    row = rows.select_related("episode__referral").get()
    shown = _row(row, actor, accounts.names(refs={row.noted_by}), dates.day_of(at))
    return _page(row.episode, actor, at), shown, row.removed_at is not None


def coming(
    *, episode: Episode, bound_by: Iterable[Banner], untold: Iterable[Untold], today: date
) -> tuple[Coming, ...]:
    """Return the days of a person's next twelve months, the nearest first; the gate opened their row."""
    found = [*_of_orders(bound_by, untold)]
    for noted, kind, words in AHEAD.rows(people=[episode.pk]):
        day = calendar.next_on(day=noted, yearly=kind in YEARLY, today=today)
        if day:
            found.append(Coming(day, str(Kind(kind).label), words, NOTED))
    near = (one for one in found if calendar.within_a_year(day=one.on, today=today))
    return tuple(sorted(near, key=lambda one: (one.on, one.kind, one.words)))


def _ahead() -> QuerySet[Any]:
    rows = DayAhead.objects.filter(episode__in=among("people"), removed_at=None)
    return rows.values_list("day", "kind", "words")


AHEAD = Statement(_ahead)


def of_person(*, episode: Episode, today: date) -> tuple[Coming, ...]:
    """Return those days on a page that does not otherwise ask about orders."""
    bound = orders.of(referral=episode.referral_id, today=today)
    untold = orders.untold(referral=episode.referral, today=today)
    return coming(episode=episode, bound_by=bound, untold=untold, today=today)


def lasts(*, episode: Episode, today: date) -> dict[str, date]:
    """Return the last day before today of each kind that was added for a person; the gate opened their row."""
    found: dict[str, date] = {}
    for one in DayAhead.objects.filter(episode=episode, removed_at=None, day__lt=today).order_by("day"):
        last = calendar.last_before(day=one.day, yearly=one.kind in YEARLY, today=today)
        label = str(Kind(one.kind).label)
        found[label] = max(last, found.get(label, last))
    return found


def _of_orders(bound_by: Iterable[Banner], untold: Iterable[Untold]) -> Iterator[Coming]:
    """Return hearings and last days of known orders; for unknown ones, the last day that the referral gives."""
    for order in bound_by:
        source = f"{order.kind}, made {dates.on(order.made_on)}"
        if order.hearing_on:
            yield Coming(order.hearing_on, str(Kind.COURT.label), "Hearing", source)
        if order.ends_on:
            yield Coming(order.ends_on, str(Kind.ORDER_ENDS.label), "Its last day", source)
    for said in untold:
        if said.ends_on:
            yield Coming(said.ends_on, str(Kind.ORDER_ENDS.label), said.name, REFERRED)


def _page(row: Episode, actor: Actor, at: datetime) -> KeyDatesPage:
    today = dates.day_of(at)
    noted = list(row.days_ahead.filter(removed_at=None))
    names = accounts.names(refs={one.noted_by for one in noted})
    rows = sorted((_row(one, actor, names, today) for one in noted), key=lambda one: one.next_on or date.max)
    brought = _of_orders(
        orders.of(referral=row.referral_id, today=today), orders.untold(referral=row.referral, today=today)
    )
    return KeyDatesPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        rows=tuple(rows),
        of_orders=tuple(sorted((one for one in brought if one.on >= today), key=lambda one: one.on)),
        may_note=actor.role in policy.rule(Action.NOTE_DAY_AHEAD).roles,
    )


def _row(one: DayAhead, actor: Actor, names: dict[str, str], today: date) -> KeyDateRow:
    yearly = one.kind in YEARLY
    return KeyDateRow(
        ref=one.ref,
        kind=str(Kind(one.kind).label),
        day=one.day,
        words=one.words,
        next_on=calendar.next_on(day=one.day, yearly=yearly, today=today),
        yearly=yearly,
        noted_by="you" if one.noted_by == actor.who else names.get(one.noted_by, "a colleague"),
        version=one.version,
        code=one.kind,
    )
