"""Two who do the same at one moment: one of them in a connection of its own, committed while the other waits."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from tests.waiting import until_somebody_waits


@contextmanager
def meanwhile(insert: Callable[[], object]) -> Iterator[None]:
    """`insert` is done in another connection, and committed once somebody waits for it. Needs real commits."""
    begun = threading.Event()

    def other() -> None:
        with transaction.atomic():
            insert()
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
