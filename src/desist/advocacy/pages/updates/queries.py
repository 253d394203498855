"""Questions about news for clients, each with a frozen answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy import clocks, rules
from desist.advocacy.clients import queries as victims
from desist.advocacy.clocks import Days, Pause
from desist.advocacy.contacts import bars, windows
from desist.advocacy.contacts.states import Channel
from desist.advocacy.pages.contacts import queries as contacts
from desist.advocacy.updates.models import Telling, Update
from desist.advocacy.updates.policy import Action
from desist.advocacy.updates.states import Event, Outcome, State
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import Purpose
from desist.advocacy.victims.states import State as Case
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction
from desist.wall.statements import Question

PAGE = 50
#: the columns that the first page needs of a piece of news
TOLD = (
    *("victim", "victim__ref", "event", "received_at"),
    *("victim__enhanced", "victim__arrangement__not_safe_since"),
)


@dataclass(frozen=True)
class Try:
    """One try to tell a piece of news."""

    outcome: str
    channel: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Row:
    """One piece of news; `clock` while it waits to be told."""

    ref: str
    words: str
    on: date
    quiet_until: datetime | None
    received_at: datetime
    state: str
    state_label: str
    settled_at: datetime | None
    clock: Days | None
    tries: tuple[Try, ...]


@dataclass(frozen=True)
class Page:
    """All news for one client, told or to be told."""

    victim: victims.Page
    due: tuple[Row, ...]
    past: tuple[Row, ...]
    enhanced: bool
    rule: str
    stands_still: str  # the reason, while the clocks stand still
    wants: bool  # the client consented to news
    may_call: bool


@dataclass(frozen=True)
class Due:
    """The most urgent news for one client, on the first page of the advocate who tells it."""

    victim: str
    count: int
    words: str
    clock: Days
    safe: bool


@dataclass(frozen=True)
class Call:
    """A contact under way, and the news to tell in it."""

    call: contacts.Call
    due: tuple[Row, ...]


def updates(*, actor: Actor, ref: str, action: BaseAction, at: datetime) -> Page:
    """One client's news, for an actor who may do `action`."""
    rows = gate.open(actor, action, Victim, ref, at=at)
    victim = rows.get()
    along = victims.known([victim.pk], advocates=False)[victim.pk]
    found = _rows(victim.updates.prefetch_related("tellings__attempt"), victim, along, at)
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        due=tuple(row for row in found if row.state == State.DUE),
        past=tuple(row for row in reversed(found) if row.state != State.DUE)[:PAGE],
        enhanced=victim.enhanced,
        rule=rules.in_force(rules.UPDATE, on=dates.day_of(at)).source,
        stands_still=victims.paused(along),
        wants=victim.consents.filter(purpose=Purpose.UPDATES, withdrawn_at=None).exists(),
        may_call=actor.role is Role.ADVOCATE,
    )


def call(*, actor: Actor, attempt: str, at: datetime) -> Call:
    """A contact under way, with the news to tell."""
    found = contacts.call(actor=actor, attempt=attempt, at=at)
    victim = Victim.objects.get(attempts__ref=attempt)
    along = victims.known([victim.pk], advocates=False)[victim.pk]
    return Call(call=found, due=to_tell(victim=victim, along=along, at=at))


def to_tell(*, victim: Victim, along: victims.Known, at: datetime) -> tuple[Row, ...]:
    """The news that a client whom the gate opened has yet to hear, the oldest first."""
    due = victim.updates.filter(state=State.DUE).prefetch_related("tellings__attempt")
    return _rows(due, victim, along, at)


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """News for the actor to tell: one line for each client, the most urgent first; at most PAGE."""
    by_victim: dict[int, list[tuple[Any, ...]]] = {}
    for victim, *told in gate.read(actor, Action.SEE_UPDATES, DUE, at=at):
        by_victim.setdefault(victim, []).append(tuple(told))
    found = dict(list(by_victim.items())[:PAGE])
    along = victims.known(found, advocates=False)
    lines = [_due(along[victim], told, at) for victim, told in found.items()]
    return tuple(sorted(lines, key=lambda one: (one.clock.standing, one.clock.due_on)))


def _to_tell(rows: QuerySet[Update]) -> QuerySet[Any]:
    listed = rows.filter(state=State.DUE).exclude(victim__state=Case.CLOSED)
    return listed.order_by("received_at", "pk").values_list(*TOLD)


DUE = Question(Update, _to_tell)


def _due(along: victims.Known, told: Sequence[tuple[Any, ...]], at: datetime) -> Due:
    """The news of one client, the oldest first; it says the oldest."""
    victim, event, received_at, enhanced, not_safe_since = told[0]
    return Due(
        victim=victim,
        count=len(told),
        words=Event(event).label,
        clock=_clock(received_at, enhanced, _stretches(along, not_safe_since), at),
        safe=bool(windows.safe(windows=along.hours, flagged=not_safe_since is not None, at=at)),
    )


def _rows(rows: Iterable[Update], victim: Victim, along: victims.Known, at: datetime) -> tuple[Row, ...]:
    found = sorted(rows, key=lambda row: (row.received_at, row.pk))
    agreed = bars.arrangement(victim=victim)
    still = _stretches(along, agreed.not_safe_since if agreed else None)
    return tuple(_row(one, victim, still, at) for one in found)


def _row(one: Update, victim: Victim, still: list[Pause], at: datetime) -> Row:
    tellings = sorted(one.tellings.all(), key=lambda row: row.at)
    return Row(
        ref=one.ref,
        words=Event(one.event).label,
        on=one.on,
        quiet_until=one.quiet_until if one.quiet_until and one.quiet_until > at else None,
        received_at=one.received_at,
        state=one.state,
        state_label=State(one.state).label,
        settled_at=one.settled_at,
        clock=_clock(one.received_at, victim.enhanced, still, at) if one.state == State.DUE else None,
        tries=tuple(_try(row) for row in tellings),
    )


def _try(row: Telling) -> Try:
    channel = Channel(row.attempt.channel) if row.attempt else Channel.LETTER
    return Try(Outcome(row.outcome).label, channel.label, accounts.name(ref=row.by), row.at)


def _clock(received_at: datetime, enhanced: bool, pauses: list[Pause], at: datetime) -> Days:  # noqa: FBT001 -- inside this module
    rule = rules.in_force(rules.UPDATE, on=dates.day_of(received_at))
    limit = rule.days(enhanced=enhanced)
    return clocks.update(received_at=received_at, limit=limit, pauses=pauses, now=at)


def _stretches(along: victims.Known, not_safe_since: datetime | None) -> list[Pause]:
    """Every stretch in which a client's clocks stood still: their pauses, and the time marked as not safe to contact."""
    pauses = [pause for _, pause in along.pauses]
    return [*pauses, Pause(not_safe_since, None)] if not_safe_since else pauses
