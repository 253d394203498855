"""What a running area keeps: its tables as text, its logs, its messages, its backups and the server's own files."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

#: the size of the pieces in which it reads, each with the end of the one before, so that no secret is cut in two
PIECE = 4 * 1024 * 1024
OVERLAP = 4096

TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    ORDER BY 1
"""
COLUMNS = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
#: what the server notes beside the tables: samples of their values, and comments
BESIDE = ("pg_catalog.pg_stats", "pg_catalog.pg_description", "pg_catalog.pg_largeobject")


def tables(connection: psycopg.Connection) -> tuple[str, ...]:
    """Return the names of every table of a database."""
    return tuple(name for (name,) in connection.execute(TABLES))


def columns(connection: psycopg.Connection, table: str) -> frozenset[str]:
    """Return the names of a table's columns."""
    return frozenset(name for (name,) in connection.execute(COLUMNS, [f'"{table}"']))


def dump(connection: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """Yield every table of a database and the server's notes beside them, as text, piece by piece."""
    names = [sql.Identifier(name) for name in tables(connection)]
    beside = [sql.SQL(name) for name in BESIDE]
    for name in (*names, *beside):
        statement = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(name)
        with connection.cursor() as cursor, cursor.copy(statement) as rows:
            yield from ((name.as_string().strip('"'), piece) for piece in pieces(bytes(row) for row in rows))


def pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Join chunks to pieces of about PIECE, overlapping."""
    gathered = b""
    for chunk in chunks:
        gathered += chunk
        if len(gathered) >= PIECE:
            yield gathered
            gathered = gathered[-OVERLAP:]
    if gathered:
        yield gathered


def read(path: Path) -> Iterator[bytes]:
    """Yield a file, piece by piece; nothing where it is gone or may not be read."""
    try:
        with path.open("rb") as file:
            yield from pieces(iter(lambda: file.read(PIECE), b""))
    except OSError:
        return


def files(folder: Path) -> Iterator[Path]:
    """Return every file under a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path
