"""The audit as a spreadsheet table, once a second person released it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from desist.audit import queries
from desist.audit.queries import Criteria, Row
from desist.refusals import Refused
from desist.ui import spreadsheets
from desist.wall.actors import Actor

COLUMNS = ("at", "who", "name", "role", "action", "row", "allowed", "reason", "correlation")


def make(*, actor: Actor, criteria: dict[str, Any], at: datetime) -> tuple[str, bytes]:
    """The name and the content of the requested file."""
    try:
        rows = queries.export(actor=actor, criteria=Criteria.read(criteria), at=at)
    except queries.TooMany as why:
        raise Refused(str(why)) from None
    return f"audit-{at:%Y-%m-%d}.csv", as_csv(rows)


def as_csv(rows: Iterable[Row]) -> bytes:
    """A row of column names, then one row for each event; moments in ISO 8601 with their zone."""
    return spreadsheets.as_csv(
        COLUMNS, ([row.at.isoformat(), *(_cell(getattr(row, name)) for name in COLUMNS[1:])] for row in rows)
    )


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
