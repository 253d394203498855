"""Questions about contacting clients, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.circumstances import queries as circumstances
from desist.advocacy.clients import queries as victims
from desist.advocacy.contacts import bars
from desist.advocacy.contacts.models import Attempt, Message, SafeTime
from desist.advocacy.contacts.policy import Action
from desist.advocacy.contacts.states import Channel, MessageState, Outcome, StopReason
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import NOTE, Words
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault import queries as locators
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.statements import Instances, Question, among

PAGE = 30


@dataclass(frozen=True)
class Time:
    """One safe stretch of the week."""

    ref: str
    words: str


@dataclass(frozen=True)
class Try:
    """One attempt to reach the client."""

    ref: str
    channel: str
    began_at: datetime
    by: str
    outcome: str  # "" while it is under way
    note: str


@dataclass(frozen=True)
class Letter:
    """One neutral message."""

    ref: str
    state: str
    state_label: str
    stop_reason: str
    queued_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class Arranged:
    """A client, and the words to use with them."""

    victim: victims.Page
    words: Words
    version: int


@dataclass(frozen=True)
class Page:
    """Everything about contacting one client."""

    victim: victims.Page
    around: circumstances.InForce
    words: Words
    times: tuple[Time, ...]
    attempts: tuple[Try, ...]
    messages: tuple[Letter, ...]
    next_on: date | None
    may_call: bool


@dataclass(frozen=True)
class Call:
    """An attempt under way: the client, the way of contact, and the locators in sight meanwhile."""

    victim: victims.Page
    around: circumstances.InForce
    ref: str
    channel: str
    began_at: datetime
    lines: tuple[locators.Line, ...]
    finished: bool


@dataclass(frozen=True)
class Stopped:
    """A message that was not sent, for the advocate to note."""

    ref: str
    victim: str
    name: str
    reason: str
    done_at: datetime | None


def to_arrange(*, actor: Actor, ref: str, at: datetime) -> Arranged:
    """One client for a form about their contact, without what was tried and sent."""
    rows = gate.open(actor, Action.ARRANGE_CONTACT, Victim, ref, at=at).select_related("arrangement")
    page, victim = victims.page_of(rows, actor=actor, at=at), rows.get()
    box, found = vault.box_if_kept(person=victim.ref), bars.arrangement(victim=victim)
    return Arranged(
        victim=page,
        words=bars.words(victim=victim, box=box) if box else Words(),
        version=found.version if found else 0,
    )


def contact(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client's page of contact."""
    rows = gate.open(actor, Action.SEE_CONTACT, Victim, ref, at=at)
    page, victim = victims.page_of(rows, actor=actor, at=at), rows.get()
    box = vault.box_if_kept(person=victim.ref)
    found = bars.arrangement(victim=victim)
    times = sorted(victim.safe_times.filter(ended_at=None), key=lambda row: (row.channel, row.start))
    return Page(
        victim=page,
        around=circumstances.in_force(victim=victim, box=box),
        words=bars.words(victim=victim, box=box) if box else Words(),
        times=tuple(Time(one.ref, _window(one).words) for one in times),
        attempts=_attempts(victim.attempts.order_by("-began_at")[:PAGE], box),
        messages=tuple(_letter(one) for one in victim.messages.order_by("-queued_at")[:PAGE]),
        next_on=found.next_on if found else None,
        may_call=actor.role is Role.ADVOCATE,
    )


def call(*, actor: Actor, attempt: str, at: datetime) -> Call:
    """An attempt under way."""
    row = gate.open(actor, Action.FINISH_CONTACT, Attempt, attempt, at=at).select_related("victim").get()
    rows = Victim.objects.filter(pk=row.victim_id)
    return Call(
        victim=victims.page_of(rows, actor=actor, at=at),
        around=circumstances.in_force(victim=row.victim, box=vault.box_if_kept(person=row.victim.ref)),
        ref=row.ref,
        channel=Channel(row.channel).label,
        began_at=row.began_at,
        lines=tuple(one for one in locators.lines(actor=actor, victim=row.victim, at=at) if one.until),
        finished=bool(row.outcome),
    )


def stopped(*, actor: Actor, at: datetime) -> tuple[Stopped, ...]:
    """Messages that were not sent and that no advocate has noted."""
    found = gate.whole(actor, Action.SEE_STOPPED, STOPPED, OF_KEYS, at=at)
    opened = vault.boxes_of(persons=[one.victim.ref for one in found])
    return tuple(
        Stopped(
            one.ref,
            one.victim.ref,
            victims.name(one.victim, opened.get(one.victim.ref)),
            StopReason(one.stop_reason).label,
            one.done_at,
        )
        for one in found
    )


def _stopped(rows: QuerySet[Message]) -> QuerySet[Any]:
    return rows.filter(state=MessageState.STOPPED, seen_at=None).order_by("pk").values_list("pk")[:PAGE]


STOPPED = Question(Message, _stopped)
OF_KEYS = Instances(
    lambda: Message.objects.filter(pk__in=among("keys")).order_by("pk"),
    *("*", "victim__ref", "victim__identity"),
)


def _window(row: SafeTime) -> Window:
    return Window(Channel(row.channel), tuple(row.days), row.start, row.end)


def _attempts(rows: Iterable[Attempt], box: Box | None) -> tuple[Try, ...]:
    return tuple(
        Try(
            ref=row.ref,
            channel=Channel(row.channel).label,
            began_at=row.began_at,
            by=accounts.name(ref=row.by),
            outcome=Outcome(row.outcome).label if row.outcome else "",
            note=box.open(field=NOTE, row=row.ref, sealed=bytes(row.note)) if row.note and box else "",
        )
        for row in rows
    )


def _letter(row: Message) -> Letter:
    return Letter(
        ref=row.ref,
        state=row.state,
        state_label=MessageState(row.state).label,
        stop_reason=StopReason(row.stop_reason).label if row.stop_reason else "",
        queued_at=row.queued_at,
        done_at=row.done_at,
    )
