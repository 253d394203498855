"""Databases of telephones, opened so that nothing in them is changed or run."""

import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.looks import SQLITE
from desist_chronicle.sources import Source

#: Apple counts from here
APPLE_EPOCH_MILLISECONDS = int(datetime(2001, 1, 1, tzinfo=UTC).timestamp()) * 1000
#: numbers beyond this are nanoseconds, as iPhones have written since iOS 11
NANOSECONDS = 1e12


@contextmanager
def connection(source: Source, ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """The database, read only and taken to be complete, so that no journal beside it is applied or written."""
    with source.on_disk(ledger) as path, closing(_open(path)) as database:
        database.row_factory = sqlite3.Row
        database.text_factory = lambda raw: raw.decode("utf-8", "replace")
        yield database


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    return database


def described(source: Source, head: bytes) -> bytes:
    """Return the beginning of a source; for a database, its header and the names of its tables from its own catalogue.

    Where in the file the catalogue lies says nothing: a table that was changed has its description near the end.
    """
    if not head.startswith(SQLITE):
        return head
    try:
        with connection(source, Ledger()) as database:
            found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            names = [words(row["name"]) for row in found]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RefusedSourceError(f"{source.name} is a database that could not be read ({error}).") from error
    return SQLITE + "\n".join(("", *names, "")).encode("utf-8", "replace")


def has_table(head: bytes, name: str) -> bool:
    """Return whether it is a database whose catalogue describes a table of this name."""
    return head.startswith(SQLITE) and f"\n{name}\n".encode() in head


def columns_of(source: Source, table: str) -> frozenset[str]:
    """The names of a table's columns; none where there is no such table."""
    found = rows(source, Ledger(), f"SELECT name FROM pragma_table_info('{table}')")  # noqa: S608  a name of our own
    return frozenset(words(row["name"]) for row in found)


def listed(source: Source, table: str, columns: Iterable[str]) -> str:
    """The columns of a table as a query selects them, in this order; empty where this version of it has none of the name."""
    there = columns_of(source, table)
    return ", ".join(f"{table}.{name}" if name in there else f"NULL AS {name}" for name in columns)


def rows(source: Source, ledger: Ledger, query: str) -> Iterator[sqlite3.Row]:
    """The rows of a query, until the end or until the database turns out to be damaged."""
    read = 0
    try:
        with connection(source, ledger) as database:
            for row in database.execute(query):
                read += 1
                yield row
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if not read:
            raise RefusedSourceError(
                f"{source.name} is a database that could not be read ({error})."
            ) from error
        ledger.stop(f"Reading stopped after {read:,} rows: the database is damaged there ({error}).")


def apple_milliseconds(value: object) -> int | None:
    """Return milliseconds since 1970 of a time as Apple stores it, in seconds or nanoseconds since 2001."""
    if not isinstance(value, int | float) or not value or not math.isfinite(value):
        return None
    return APPLE_EPOCH_MILLISECONDS + round(value / 1e6 if abs(value) > NANOSECONDS else value * 1e3)


def words(value: object) -> str:
    """Return a cell as text; a database may hold anything in any column."""
    return "" if value is None else str(value)
