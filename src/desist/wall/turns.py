"""One after the other: for whoever looks and then writes where there is no row yet that could be locked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEY = "hashtextextended(%s, 0)"


@contextmanager
def turn(what: str) -> Iterator[None]:
    """Wait until nobody else has the turn of this name at this site's database, and have it until the block ends.

    It spans the transactions within the block, and is free again when the process dies.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({KEY})", [what])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_unlock({KEY})", [what])
