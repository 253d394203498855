"""Everything that happened to one person's referral, the newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts.models import Account
from desist.programme.episodes.models import Episode
from desist.programme.pages.history.lines import Line, Place
from desist.programme.pages.history.policy import Action
from desist.programme.pages.history.sources import KINDS, SOURCES
from desist.references import spoken
from desist.ui.addresses import url
from desist.wall import gate
from desist.wall.actors import Actor

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
    found = sorted((line for source in sources for line in source(row)), key=_newest_first, reverse=True)
    last = max(1, -(-len(found) // PAGE))
    number = min(max(number, 1), last)
    lines = found[(number - 1) * PAGE : number * PAGE]
    names = dict(Account.objects.filter(ref__in={line.by for line in lines}).values_list("ref", "name"))
    return HistoryPage(
        episode=ref,
        spoken=spoken(ref),
        name=row.referral.name,
        events=tuple(_event(line, names, actor) for line in lines),
        kinds=(("", "Everything"), *((key, title) for key, (title, _) in KINDS.items())),
        kind=kind if kind in KINDS else "",
        number=number,
        last=last,
    )


def _newest_first(line: Line) -> tuple[datetime, str]:
    return line.at, line.what


def _event(line: Line, names: dict[str, str], actor: Actor) -> Event:
    clock = "the clock" if line.by == "clock" else ""
    by = "you" if line.by == actor.who else names.get(line.by, clock)
    address = _address(line.to) if line.to else ""
    return Event(line.at.date() if line.whole_day else line.at, line.what, line.detail, by, address)


def _address(to: Place) -> str:
    return url(to.route, ref=to.ref) if to.ref else url(to.route)
