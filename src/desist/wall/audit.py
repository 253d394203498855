"""Writing audit events. `desist.audit.queries` reads them; `wall.seals` seals them.

Within `kept_by` the events of looks go elsewhere, since the database cannot be written (`wall.unwritten`).
"""

import dataclasses
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Model

from desist.wall.actors import Actor
from desist.wall.policy import BaseAction
from desist.wall.statements import Change, fetch

LONGEST_NAME = 80
#: the reason of every look by an account that has a case open in an emergency
EMERGENCY = "emergency access"


@dataclasses.dataclass(frozen=True)
class Entry:
    """The content of an event, but for whether it was allowed."""

    actor: Actor
    action: BaseAction
    row: str
    at: datetime


#: keeps an event (the entry, whether it was allowed, and why) before any row is read
Keeper: TypeAlias = Callable[[Entry, bool, str], None]
_KEEPER: ContextVar[Keeper | None] = ContextVar("keeper", default=None)

#: the columns of an event but for whether it was allowed and why, in the order of `_values`
COLUMNS = "at, who, role, action, row, correlation"
MARKS = "%s, %s, %s, %s, %s, %s"
RECORDED = f"INSERT INTO wall_auditevent ({COLUMNS}, allowed, reason) VALUES ({MARKS}, %s, %s)"  # noqa: S608 -- fixed names

#: the event of a look at one row: allowed where `seen` says that there is one
SEEN = (
    f"INSERT INTO wall_auditevent ({COLUMNS}, allowed, reason) "  # noqa: S608 -- fixed names
    f"SELECT {MARKS}, yes, CASE WHEN yes THEN %s ELSE 'not found' END FROM seen"
)


def record(entry: Entry, *, allowed: bool, reason: str = "") -> None:
    """Insert one event on this connection: committed at once outside a transaction, with it inside one."""
    reason = reason or (_why(entry) if allowed else "")
    if keep := _KEEPER.get():
        keep(entry, allowed, reason)
        return
    _insert(entry, allowed=allowed, reason=reason)


def refusals_alone(entry: Entry, allowed: bool, reason: str) -> None:  # noqa: FBT001 -- as Keeper
    """Keep no event of a look that was allowed, for `gate.count`; record a refusal as ever."""
    if not allowed:
        _insert(entry, allowed=False, reason=reason)


@contextmanager
def kept_by(keeper: Keeper) -> Iterator[None]:
    """Let a keeper take every event of the block."""
    token = _KEEPER.set(keeper)
    try:
        yield
    finally:
        _KEEPER.reset(token)


def try_out() -> None:
    """Insert an empty event, which the caller takes back at once: this fails where no event can be kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO wall_auditevent ({COLUMNS}, allowed, reason) SELECT now(), '', '', '', '', %s, false, ''",
            [uuid.UUID(int=0)],
        )


def with_rows(entry: Entry, select: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Insert the event of a look and return what it looks at, in one statement."""
    if keep := _KEEPER.get():
        keep(entry, True, _why(entry))  # noqa: FBT003 -- as every keeper takes it
        return fetch(select, values)
    insert = f"INSERT INTO wall_auditevent ({COLUMNS}, allowed, reason) VALUES ({MARKS}, true, %s)"  # noqa: S608 -- fixed names
    return fetch(f"WITH event AS ({insert}) {select}", [*_values(entry), _why(entry), *values])


def with_row(entry: Entry, select: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Return the row that is looked for and insert the event, allowed where there is one, in one statement."""
    if keep := _KEEPER.get():
        found = fetch(select, values)
        keep(entry, bool(found), _why(entry) if found else "not found")
        return found
    seen = "seen AS (SELECT EXISTS (SELECT FROM found) AS yes)"
    statement = f"WITH found AS ({select}), {seen}, event AS ({SEEN}) SELECT * FROM found"  # noqa: S608 -- the ORM's own SQL
    return fetch(statement, [*values, *_values(entry), _why(entry)])


def with_change(entry: Entry, select: str, values: list[Any], change: Change) -> tuple[str, list[Any]]:
    """A statement that locks and changes the row whose key is selected and inserts its event, or does neither."""
    update, new = change.sql("mine")
    insert = f"INSERT INTO wall_auditevent ({COLUMNS}, allowed, reason) SELECT {MARKS}, true, '' FROM changed"  # noqa: S608 -- fixed column names
    # Locked here: the ORM writes no lock outside a transaction, and this statement is one by itself.
    mine = f"mine (key) AS ({select} FOR UPDATE OF {change.model._meta.db_table})"
    changed = f"changed AS ({update} RETURNING 1), event AS ({insert})"
    return f"WITH {mine}, {changed} SELECT 1 FROM changed", [*values, *new, *_values(entry)]  # noqa: S608 -- as above


def row_name(model: type[Model], reference: object = "") -> str:
    """The audit's name for a row: its table and as much of its reference as the column takes."""
    name = f"{model._meta.label_lower}:{reference}" if reference else model._meta.label_lower
    return named(name)


def named(text: str) -> str:
    """A text as the column of a row's name takes it: an address may hold any text."""
    kept = text[:LONGEST_NAME]
    return kept if kept.isprintable() else "".join(each if each.isprintable() else "?" for each in kept)


def _insert(entry: Entry, *, allowed: bool, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, [*_values(entry), allowed, reason])


def _why(entry: Entry) -> str:
    """The event's reason: it notes a look by an actor who had a case open in an emergency."""
    return EMERGENCY if entry.actor.reach else ""


def _values(entry: Entry) -> tuple[Any, ...]:
    actor = entry.actor
    return entry.at, actor.who, actor.role.value, entry.action.value, entry.row, actor.correlation
