"""Questions about files with names, each with a frozen answer that never has the file's content."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.accounts.policy import LEADERS
from desist.audit.downloads.models import Download
from desist.audit.downloads.states import LASTS, WAITS, State, state
from desist.audit.policy import RELEASERS, Action
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One requested file."""

    ref: str
    title: str
    why: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    until: datetime | None
    state: State
    own: bool
    may_release: bool


@dataclass(frozen=True)
class Page:
    """The newest files: the actor's own and those they may release; and whether a colleague can release their own."""

    rows: tuple[Row, ...]
    nobody_else: bool


def downloads(*, actor: Actor, at: datetime) -> Page:
    """The files that the actor asked for or may release; the newest first, at most PAGE."""
    rows = gate.see(actor, Action.SEE_FILES, Download, at=at).order_by("-asked_at", "pk")[:PAGE]
    return Page(rows=tuple(_row(one, actor, at) for one in rows), nobody_else=not releasers(actor=actor))


def to_release(*, actor: Actor, at: datetime) -> int:
    """The number of files that wait for the actor to release them."""
    rows = gate.see(actor, Action.RELEASE_FILE, Download, at=at)
    return rows.filter(decided_at=None, asked_at__gt=at - WAITS).count()


def releasers(*, actor: Actor) -> tuple[str, ...]:
    """The e-mail addresses of every account that may release a file that the actor asks for."""
    found = [
        one.email
        for one in accounts.everybody_at_work()
        if one.role in RELEASERS
        and one.account != actor.who
        and (one.role not in LEADERS or one.area == actor.area)
    ]
    return tuple(dict.fromkeys(found))


def to_take(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One of the actor's own files, for taking it."""
    return _row(gate.open(actor, Action.TAKE_FILE, Download, ref, at=at).get(), actor, at)


def _row(one: Download, actor: Actor, at: datetime) -> Row:
    now = state(asked_at=one.asked_at, decided_at=one.decided_at, released=one.released, at=at)
    own = one.asked_by == actor.who
    return Row(
        ref=one.ref,
        title=one.title,
        why=one.why,
        asked_by=accounts.as_read_by(actor, one.asked_by),
        asked_at=one.asked_at,
        decided_by=accounts.as_read_by(actor, one.decided_by) if one.decided_by else "",
        until=one.decided_at + LASTS if one.decided_at and one.released else None,
        state=now,
        own=own,
        may_release=now == State.ASKED
        and actor.role in RELEASERS
        and not are_one_person(actor.who, one.asked_by),
    )
