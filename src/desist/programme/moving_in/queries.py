"""Questions about caseloads that move in, each with a frozen answer."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.programme.moving_in.commands import problems
from desist.programme.moving_in.models import MoveIn
from desist.programme.moving_in.policy import Action
from desist.programme.moving_in.sheets import SHEETS, Problem
from desist.programme.moving_in.states import AT_WORK, State
from desist.references import spoken
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50
TITLES = {sheet.key: sheet.title for sheet in SHEETS}


@dataclass(frozen=True)
class Row:
    """One import of the area."""

    ref: str
    spoken: str
    state: str
    total: int
    started_by: str
    started_at: datetime


@dataclass(frozen=True)
class MoveInPage:
    """One import with its problems, or why they cannot be read; `ended` says who took it back or dropped it, and when."""

    ref: str
    spoken: str
    state: State
    label: str
    total: int
    done: int
    problems: tuple[Problem, ...]
    unread: str
    by_table: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int], ...]
    started_by: str
    started_at: datetime
    brought_by: str
    brought_at: datetime | None
    ended_by: str
    ended_at: datetime | None

    @property
    def at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.state in AT_WORK


def moves(*, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The imports of the actor's area, the newest first; at most PAGE."""
    rows = gate.see(actor, Action.SEND_MOVE_IN, MoveIn, at=at).defer("tables", "problems")
    return tuple(
        Row(
            row.ref,
            spoken(row.ref),
            str(State(row.state).label),
            row.total,
            accounts.name(ref=row.started_by),
            row.started_at,
        )
        for row in rows.order_by("-started_at", "-pk")[:PAGE]
    )


def move(*, actor: Actor, ref: str, at: datetime) -> MoveInPage:
    """One import."""
    row = gate.open(actor, Action.SEE_MOVE_IN, MoveIn, ref, at=at).defer("tables").get()
    found, unread = _problems(row)
    return MoveInPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        state=State(row.state),
        label=str(State(row.state).label),
        total=row.total,
        done=row.done,
        problems=found,
        unread=unread,
        by_table=tuple((TITLES[key], count) for key, count in Counter(one.sheet for one in found).items()),
        rows=tuple((f"{name}s".capitalize(), count) for name, count in row.counts.items()),
        started_by=accounts.name(ref=row.started_by),
        started_at=row.started_at,
        brought_by=accounts.name(ref=row.brought_by) if row.brought_by else "",
        brought_at=row.brought_at,
        ended_by=accounts.name(ref=row.ended_by) if row.ended_by else "",
        ended_at=row.ended_at,
    )


def _problems(row: MoveIn) -> tuple[tuple[Problem, ...], str]:
    try:
        return problems(row), ""
    except Refused as reason:
        return (), str(reason)
