"""Questions about news for clients, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.advocacy import clocks, rules
from desist.advocacy.clients import queries as victims
from desist.advocacy.clocks import Days, Pause
from desist.advocacy.contacts import bars
from desist.advocacy.contacts.states import Channel
from desist.advocacy.pages.contacts import queries as contacts
from desist.advocacy.updates.models import Telling, Update
from desist.advocacy.updates.policy import Action
from desist.advocacy.updates.states import Event, Outcome, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import PauseReason, Purpose
from desist.advocacy.victims.states import State as Case
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.policy import BaseAction

PAGE = 50


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
    name: str
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
    victim = rows.prefetch_related("pauses").get()
    found = _rows(victim.updates.prefetch_related("tellings__attempt"), victim, at)
    still = [one for one in victim.pauses.all() if one.ended_at is None]
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        due=tuple(row for row in found if row.state == State.DUE),
        past=tuple(row for row in reversed(found) if row.state != State.DUE)[:PAGE],
        enhanced=victim.enhanced,
        rule=rules.in_force(rules.UPDATE, on=dates.day_of(at)).source,
        stands_still=PauseReason(still[0].reason).label if still else "",
        wants=victim.consents.filter(purpose=Purpose.UPDATES, withdrawn_at=None).exists(),
        may_call=actor.role is Role.ADVOCATE,
    )


def call(*, actor: Actor, attempt: str, at: datetime) -> Call:
    """A contact under way, with the news to tell."""
    found = contacts.call(actor=actor, attempt=attempt, at=at)
    victim = Victim.objects.prefetch_related("pauses").get(attempts__ref=attempt)
    return Call(call=found, due=to_tell(victim=victim, at=at))


def to_tell(*, victim: Victim, at: datetime) -> tuple[Row, ...]:
    """The news that a client whom the gate opened has yet to hear, the oldest first."""
    due = victim.updates.filter(state=State.DUE).prefetch_related("tellings__attempt")
    return _rows(due, victim, at)


def due(*, actor: Actor, at: datetime) -> tuple[Due, ...]:
    """News for the actor to tell: one line for each client, the most urgent first; at most PAGE."""
    rows = gate.see(actor, Action.SEE_UPDATES, Update, at=at).filter(state=State.DUE)
    listed = rows.exclude(victim__state=Case.CLOSED).select_related("victim__arrangement")
    by_victim: dict[int, list[Update]] = {}
    for row in listed.prefetch_related("victim__pauses", "victim__safe_times").order_by("received_at", "pk"):
        by_victim.setdefault(row.victim_id, []).append(row)
    found = list(by_victim.values())[:PAGE]
    opened = vault.boxes_of(persons=[rows[0].victim.ref for rows in found])
    lines = [
        Due(
            victim=rows[0].victim.ref,
            name=victims.name(rows[0].victim, opened.get(rows[0].victim.ref)),
            count=len(rows),
            words=Event(rows[0].event).label,
            clock=_clock(rows[0], rows[0].victim, at),
            safe=bars.bar(victim=rows[0].victim, at=at).safe,
        )
        for rows in found
    ]
    return tuple(sorted(lines, key=lambda one: (one.clock.standing, one.clock.due_on)))


def _rows(rows: Iterable[Update], victim: Victim, at: datetime) -> tuple[Row, ...]:
    found = sorted(rows, key=lambda row: (row.received_at, row.pk))
    return tuple(_row(one, victim, at) for one in found)


def _row(one: Update, victim: Victim, at: datetime) -> Row:
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
        clock=_clock(one, victim, at) if one.state == State.DUE else None,
        tries=tuple(_try(row) for row in tellings),
    )


def _try(row: Telling) -> Try:
    channel = Channel(row.attempt.channel) if row.attempt else Channel.LETTER
    return Try(Outcome(row.outcome).label, channel.label, accounts.name(ref=row.by), row.at)


def _clock(one: Update, victim: Victim, at: datetime) -> Days:
    rule = rules.in_force(rules.UPDATE, on=dates.day_of(one.received_at))
    return clocks.update(
        received_at=one.received_at,
        limit=rule.days(enhanced=victim.enhanced),
        pauses=_pauses(victim),
        now=at,
    )


def _pauses(victim: Victim) -> list[Pause]:
    """Every stretch in which the clocks stood still. They stand still while contact is marked as not safe."""
    found = [Pause(pause.began_at, pause.ended_at) for pause in victim.pauses.all()]
    agreed = bars.arrangement(victim=victim)
    if agreed and agreed.not_safe_since:
        found.append(Pause(agreed.not_safe_since, None))
    return found
