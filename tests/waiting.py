"""Two connections at one moment: one acts while the other waits for it. Needs real commits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction

from desist.wall.turns import KEY, turn

Result = TypeVar("Result")
WAITING = """
SELECT count(DISTINCT pid) FROM pg_locks
 WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = %s)
"""
#: the server, whose superuser alone may see who waits
_watched: list[Any] = []


class NobodyWaits(AssertionError):
    """Two connections did not meet: the overlap that a test was to see did not happen."""


def watching(server: Any) -> None:
    """Remember the server on which the tests' databases are."""
    _watched[:] = [server]


def until_somebody_waits(number: int = 1) -> None:
    """Return once a number of connections wait for a lock. Raises NobodyWaits after half a minute."""
    database = connection.settings_dict["NAME"]
    with _watched[0].connect() as superuser:
        for _ in range(600):
            if superuser.execute(WAITING, [database]).fetchone()[0] >= number:
                return
            time.sleep(0.05)
    raise NobodyWaits(f"Fewer than {number} connections wait for a lock")


@contextmanager
def meanwhile(change: Callable[[], object]) -> Iterator[None]:
    """Make `change` in another connection, and commit it once a connection waits for it."""
    begun = threading.Event()

    def other() -> None:
        try:
            with transaction.atomic():
                change()
                begun.set()
                until_somebody_waits()
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    begun.wait(timeout=60)
    try:
        yield
    finally:
        thread.join()


def twice_at_once(act: Callable[[], Result], *, what: str) -> list[Result]:
    """Return the results of `act` done twice at one moment: the second waits for the turn of this name."""
    results: list[Result] = []

    def second() -> None:
        try:
            results.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    try:
        with turn(what):
            thread.start()
            until_somebody_waits()
            results.append(act())
    finally:
        thread.join()
    return results


@contextmanager
def somebody_has(what: str) -> Iterator[None]:
    """Hold the turn of this name in another connection until the block ends."""
    other = connection.copy()
    with closing(other):
        with other.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_lock({KEY})", [what])
        yield
