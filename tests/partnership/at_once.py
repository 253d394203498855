"""Two who do the same at one moment: one of them in a connection of its own, committed while the other waits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


@contextmanager
def meanwhile(insert: Callable[[], object]) -> Iterator[None]:
    """`insert` is done in another connection, and committed once somebody waits for it. Needs real commits."""
    begun = threading.Event()

    def other() -> None:
        with transaction.atomic():
            insert()
            begun.set()
            _until_somebody_waits()
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    begun.wait(timeout=60)
    try:
        yield
    finally:
        thread.join()


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.05)
