"""One after the other: for whoever looks and then writes where there is no row yet that could be locked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

KEY = "hashtextextended(%s, 0)"
PATIENCE = 3.0  # seconds: whoever waits holds one of the site's few threads, and the sentence says what to do


class Taken(Exception):
    """Somebody else has the turn, for longer than a page can wait."""


@contextmanager
def turn(what: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Have the turn of this name at this site's database until the block ends, whatever transactions it holds.

    Waits so many seconds for whoever has it. Raises Taken. It belongs to the connection, and goes with it.
    """
    _take(what, patience)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({KEY})", [what])


def _take(what: str, patience: float) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{1000 * patience:.0f}ms"])
            cursor.execute(f"SELECT pg_advisory_lock({KEY})", [what])
    except OperationalError as failure:
        if isinstance(failure.__cause__, LockNotAvailable):
            raise Taken from None
        raise
