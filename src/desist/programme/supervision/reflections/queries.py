"""Questions about the reflective log, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.programme.supervision.reflections.models import Reflection
from desist.programme.supervision.reflections.policy import Action
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

#: the entries that the page lists
PAGE = 100


@dataclass(frozen=True)
class Entry:
    """One entry; `shared_with` is a name, "" while it is private."""

    ref: str
    by: str
    own: bool
    on: date
    words: str
    version: int
    written_at: datetime
    shared_with: str
    shared_at: datetime | None
    supervisor: str  # who would read it if it were shared now


@dataclass(frozen=True)
class Log:
    """Entries, the newest first: one's own, or those shared with a supervisor."""

    entries: tuple[Entry, ...]
    may_write: bool


def log(*, actor: Actor, at: datetime) -> Log:
    """Return the entries that the actor may read."""
    rows = gate.see(actor, Action.SEE_REFLECTIONS, Reflection, at=at).select_related("practitioner")
    found = list(rows.order_by("-on", "-pk")[:PAGE])
    names = accounts.names(refs={one.shared_with for one in found if one.shared_with})
    may_write = policy.opens(actor.role, "reflections:write")
    return Log(tuple(_entry(one, actor, names.get(one.shared_with, "")) for one in found), may_write)


def entry(*, actor: Actor, ref: str, at: datetime, action: BaseAction = Action.SEE_REFLECTION) -> Entry:
    """Return one entry."""
    row = gate.open(actor, action, Reflection, ref, at=at).select_related("practitioner").get()
    current = row.practitioner.arrangements.filter(ended_at=None).first() if not row.shared_at else None
    supervisor = accounts.name(ref=current.supervisor) if current else ""
    shared = accounts.name(ref=row.shared_with) if row.shared_with else ""
    return _entry(row, actor, shared, supervisor)


def to_change(*, actor: Actor, ref: str, at: datetime) -> Entry:
    """Return one of one's own entries, to change it."""
    return entry(actor=actor, ref=ref, at=at, action=Action.CHANGE_REFLECTION)


def _entry(row: Reflection, actor: Actor, shared_with: str, supervisor: str = "") -> Entry:
    return Entry(
        ref=row.ref,
        by=row.practitioner.name,
        own=row.practitioner.ref == actor.who,
        on=row.on,
        words=row.words,
        version=row.version,
        written_at=row.written_at,
        shared_with=shared_with,
        shared_at=row.shared_at,
        supervisor=supervisor,
    )
