"""Questions about caseloads that move in, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.moving_in.commands import Kind, problems
from desist.moving_in.models import Moving
from desist.moving_in.policy import Action
from desist.moving_in.states import AT_WORK, State
from desist.moving_in.tables import Problem
from desist.references import spoken
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 50


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
    to_check: tuple[Problem, ...]
    unread: str
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


def moves(kind: Kind, *, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """The imports of the actor's area, the newest first; at most PAGE."""
    rows = gate.see(actor, Action.SEND_MOVE_IN, kind.model, at=at).defer("tables", "problems")
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


def move(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> MoveInPage:
    """One import."""
    row = gate.open(actor, Action.SEE_MOVE_IN, kind.model, ref, at=at).defer("tables").get()
    found, unread = _problems(row)
    return MoveInPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        state=State(row.state),
        label=str(State(row.state).label),
        total=row.total,
        done=row.done,
        problems=tuple(one for one in found if one.stops),
        to_check=tuple(one for one in found if not one.stops),
        unread=unread,
        rows=tuple((f"{name}s".capitalize(), count) for name, count in row.counts.items()),
        started_by=accounts.name(ref=row.started_by),
        started_at=row.started_at,
        brought_by=accounts.name(ref=row.brought_by) if row.brought_by else "",
        brought_at=row.brought_at,
        ended_by=accounts.name(ref=row.ended_by) if row.ended_by else "",
        ended_at=row.ended_at,
    )


def _problems(row: Moving) -> tuple[tuple[Problem, ...], str]:
    try:
        return problems(row), ""
    except Refused as reason:
        return (), str(reason)
