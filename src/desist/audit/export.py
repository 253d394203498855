"""The audit as a table that any spreadsheet reads."""

import csv
import io
from collections.abc import Iterable

from desist.audit.queries import Row

COLUMNS = ("at", "who", "name", "role", "action", "row", "allowed", "reason", "correlation")


def as_csv(rows: Iterable[Row]) -> str:
    """A line an event under a line of names; moments in ISO 8601 with their zone."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row.at.isoformat(), *(_plain(getattr(row, name)) for name in COLUMNS[1:])])
    return out.getvalue()


def _plain(value: object) -> str:
    """A value that no spreadsheet takes for a formula."""
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
