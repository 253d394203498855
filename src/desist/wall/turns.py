"""One after the other: for a command that looks for a row and then writes one, with no row yet to lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from desist.refusals import Refused

KEY = "hashtextextended(%s, 0)"
TAKEN = "A colleague is doing the same at this moment. Wait a minute, then try again"
PATIENCE = (
    3.0  # seconds: a waiting request holds one of the site's few threads, and the sentence says what to do
)


class Taken(Refused):
    """Another request has the turn for longer than a page can wait."""

    def __init__(self, sentence: str = TAKEN) -> None:
        """Take a sentence of the command's own where it knows more."""
        super().__init__(sentence)


@contextmanager
def turn(what: str, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn of this name at this site's database until the block ends, with any transactions inside.

    Waits `patience` seconds for it. Raises Taken. It belongs to the connection, and goes with it.
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
