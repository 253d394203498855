"""Everything that happened to one person's referral, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.pages.history.lines import Line, Place
from desist.programme.pages.history.policy import Action
from desist.programme.pages.history.sources import KINDS, SOURCES
from desist.references import spoken
from desist.ui.addresses import url
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among

#: lines of a page; a whole programme has about 150
PAGE = 25


@dataclass(frozen=True)
class Event:
    """One line, as a page shows it."""

    at: date  # a moment, or a day where the time is unknown
    what: str
    detail: str
    by: str
    address: str


@dataclass(frozen=True)
class HistoryPage:
    """One page of a person's history: all kinds of lines, or one; `number` counts from 1 to `last`."""

    episode: str
    spoken: str
    name: str
    events: tuple[Event, ...]
    kinds: tuple[tuple[str, str], ...]
    kind: str
    number: int
    last: int


def history(*, actor: Actor, ref: str, at: datetime, kind: str = "", number: int = 1) -> HistoryPage:
    """One page of a person's history; an unknown kind is all of it, a page beyond the last is the last."""
    row = gate.open(actor, Action.SEE_HISTORY, Episode, ref, at=at).select_related("referral").get()
    sources = KINDS[kind][1] if kind in KINDS else SOURCES
    there = dict(zip(SOURCES, THERE.rows(people=[row.pk])[0], strict=True))
    lines = (line for source in sources if there[source] for line in source(row))
    found = sorted(lines, key=_newest_first, reverse=True)
    last = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), last)
    shown = found[(number - 1) * PAGE : number * PAGE]
    names = accounts.names(refs={line.by for line in shown})
    return HistoryPage(
        episode=ref,
        spoken=spoken(ref),
        name=row.referral.name,
        events=tuple(_event(line, names, actor) for line in shown),
        kinds=(("", "Everything"), *((key, title) for key, (title, _) in KINDS.items())),
        kind=kind if kind in KINDS else "",
        number=number,
        last=last,
    )


def _there() -> QuerySet[Any]:
    """Return of an episode whether each of SOURCES has a row: most people have few kinds, and the others are not read."""
    rows = Episode.objects.filter(pk__in=among("people"))
    return rows.values_list(*(_any(tables) for tables in SOURCES.values()))


def _any(tables: Sequence[type[Model]]) -> Combinable:
    """Return whether any of these tables has a row of the episode; one that hangs on another row comes with that row."""
    hung = [(model, way) for model in tables for way in ("episode", "referral") if _hangs_on(model, way)]
    own = {"episode": "pk", "referral": "referral"}
    found = [Q(Exists(model._default_manager.filter(**{way: OuterRef(own[way])}))) for model, way in hung]
    there = reduce(or_, found) if found else Q(Value(value=True))
    return ExpressionWrapper(there, output_field=BooleanField())


def _hangs_on(model: type[Model], way: str) -> bool:
    return any(field.name == way for field in model._meta.concrete_fields)


THERE = Statement(_there)


def _newest_first(line: Line) -> tuple[datetime, str]:
    return line.at, line.what


def _event(line: Line, names: dict[str, str], actor: Actor) -> Event:
    clock = "the clock" if line.by == "clock" else ""
    by = "you" if line.by == actor.who else names.get(line.by, clock)
    address = _address(line.to) if line.to else ""
    return Event(line.at.date() if line.whole_day else line.at, line.what, line.detail, by, address)


def _address(to: Place) -> str:
    return url(to.route, ref=to.ref) if to.ref else url(to.route)
