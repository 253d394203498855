"""Writing events. Reading them back is `wall.queries`; sealing them is `wall.seals`."""

import dataclasses
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from desist.wall.actors import Actor
from desist.wall.policy import Action
from desist.wall.statements import Change

LONGEST_NAME = 80


@dataclasses.dataclass(frozen=True)
class Entry:
    """What will be recorded, apart from whether it was allowed."""

    actor: Actor
    action: Action
    row: str
    at: datetime


def record(entry: Entry, *, allowed: bool, reason: str = "") -> None:
    """Insert one event on this connection: committed at once outside a transaction, with it inside one."""
    fields = {**_fields(entry), "allowed": allowed, "reason": reason}
    statement = f"INSERT INTO wall_auditevent ({', '.join(fields)}) VALUES ({_marks(fields)})"  # noqa: S608 -- fixed column names
    with connection.cursor() as cursor:
        cursor.execute(statement, list(fields.values()))


def record_if_visible(entry: Entry, rows: QuerySet[Any]) -> bool:
    """Insert one event that says allowed exactly when `rows` holds a row, in one statement; say which it was.

    The event is there before any row is read, and costs one round trip.
    """
    inner, parameters = rows.order_by().values("pk")[:1].query.sql_with_params()
    fields = _fields(entry)
    columns = ", ".join(fields)
    statement = (
        f"WITH seen AS (SELECT EXISTS ({inner}) AS yes) "  # noqa: S608 -- the ORM's own SQL and fixed column names
        f"INSERT INTO wall_auditevent ({columns}, allowed, reason) "
        f"SELECT {_marks(fields)}, yes, CASE WHEN yes THEN '' ELSE 'not found' END FROM seen RETURNING allowed"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, *fields.values()])
        (allowed,) = cursor.fetchone()
    return bool(allowed)


def with_rows(entry: Entry, select: str, values: list[Any]) -> tuple[str, list[Any]]:
    """A statement that selects rows and inserts the event that they were looked at: never one without the other."""
    fields = _fields(entry)
    columns, marks = ", ".join(fields), _marks(fields)
    insert = f"INSERT INTO wall_auditevent ({columns}, allowed, reason) VALUES ({marks}, true, '')"  # noqa: S608 -- fixed column names
    return f"WITH event AS ({insert}) {select}", [*fields.values(), *values]


def with_row(entry: Entry, select: str, values: list[Any]) -> tuple[str, list[Any]]:
    """The same for one row: the event says allowed exactly when the row is found."""
    fields = _fields(entry)
    insert = (
        f"INSERT INTO wall_auditevent ({', '.join(fields)}, allowed, reason) "  # noqa: S608 -- fixed column names
        f"SELECT {_marks(fields)}, yes, CASE WHEN yes THEN '' ELSE 'not found' END "
        "FROM (SELECT EXISTS (SELECT 1 FROM seen) AS yes) AS answer"
    )
    statement = f"WITH seen AS MATERIALIZED ({select}), event AS ({insert}) SELECT * FROM seen"  # noqa: S608 -- the ORM's own SQL
    return statement, [*values, *fields.values()]


def with_change(entry: Entry, select: str, values: list[Any], change: Change) -> tuple[str, list[Any]]:
    """A statement that locks and changes the row whose key is selected and inserts its event, or does neither."""
    fields = _fields(entry)
    update, new = change.sql("mine")
    insert = (
        f"INSERT INTO wall_auditevent ({', '.join(fields)}, allowed, reason) "  # noqa: S608 -- fixed column names
        f"SELECT {_marks(fields)}, true, '' FROM changed"
    )
    # Locked here: the ORM writes no lock outside a transaction, and this statement is one by itself.
    mine = f"mine (key) AS ({select} FOR UPDATE OF {change.table()})"
    changed = f"changed AS ({update} RETURNING 1), event AS ({insert})"
    statement = f"WITH {mine}, {changed} SELECT 1 FROM changed"  # noqa: S608 -- as above
    return statement, [*values, *new, *fields.values()]


def row_name(model: type[Model], reference: object = "") -> str:
    """How a row is named in the audit: its table and its reference, or as much of it as the column takes."""
    name = f"{model._meta.label_lower}:{reference}" if reference else model._meta.label_lower
    return named(name)


def named(text: str) -> str:
    """A text as the column of a row's name takes it: somebody may have written anything into an address."""
    kept = text[:LONGEST_NAME]
    return kept if kept.isprintable() else "".join(each if each.isprintable() else "?" for each in kept)


def _marks(fields: dict[str, Any]) -> str:
    return ", ".join(["%s"] * len(fields))


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "who": entry.actor.who,
        "role": entry.actor.role.value,
        "action": entry.action.value,
        "row": entry.row,
        "correlation": entry.actor.correlation,
    }
