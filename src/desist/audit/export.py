"""The audit as a table that any spreadsheet reads."""

from collections.abc import Iterable

from desist.audit.queries import Row
from desist.ui import spreadsheets

COLUMNS = ("at", "who", "name", "role", "action", "row", "allowed", "reason", "correlation")


def as_csv(rows: Iterable[Row]) -> bytes:
    """A line an event under a line of names; moments in ISO 8601 with their zone."""
    return spreadsheets.as_csv(
        COLUMNS, ([row.at.isoformat(), *(_cell(getattr(row, name)) for name in COLUMNS[1:])] for row in rows)
    )


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
