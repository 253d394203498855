"""Two connections at one moment: what one does while another waits for it. Needs real commits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

WAITING = """
SELECT count(DISTINCT pid) FROM pg_locks
 WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
"""


def until_somebody_waits(number: int = 1) -> None:
    """Return once so many connections wait for a lock, or after half a minute."""
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
            time.sleep(0.05)


@contextmanager
def meanwhile(change: Callable[[], object]) -> Iterator[None]:
    """`change` is made in another connection, and committed once somebody waits for it."""
    begun = threading.Event()

    def other() -> None:
        with transaction.atomic():
            change()
            begun.set()
            until_somebody_waits()
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    begun.wait(timeout=60)
    try:
        yield
    finally:
        thread.join()
