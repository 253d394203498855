"""The time limit for a server that says nothing: psycopg itself waits for an answer without end.

A thread looks at the questions that this process has asked, and ends the connection of one that has waited for too long:
its asker gets Django's OperationalError, as where the server goes away. For a moment no other question is asked then, so
that nobody waits for what was found out just now. Looks are counted, not seconds: a process that was frozen itself
blames no server.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

LOOK = 0.5  # seconds
#: seconds: the usual limit, that of a small question before the first one of a request, and the rest afterwards
PATIENCE, SHORT, REST = 8.0, 3.0, 2.0
#: seconds for which a failure to reach the server is told, unless somebody reaches it sooner
TOLD = 60.0


class Silent(psycopg.OperationalError):
    """The server did not answer a moment ago, so it is not asked now."""


@dataclass
class Watch:
    """The open questions of a process, and whether its server was silent; `patience` is 0 while nobody looks."""

    patience: float = 0.0
    _looks: int = 0
    _asked: dict[int, tuple[psycopg.Connection, int]] = field(default_factory=dict)
    _rests_until: float = 0.0
    _failed_at: float | None = None
    _tried: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, patience: float = PATIENCE) -> None:
        """Look from now on, in a process that forks no more."""
        self.patience = patience
        threading.Thread(target=self._keep_looking, name="silence", daemon=True).start()

    @property
    def troubled(self) -> bool:
        """Whether this process could not reach its server a moment ago, and has not since."""
        return self._failed_at is not None and time.monotonic() - self._failed_at < TOLD

    @contextmanager
    def asking(self, connection: psycopg.Connection, *, within: float | None = None) -> Iterator[None]:
        """Ask within a number of seconds, this process's usual one unless another is named."""
        if not self.patience:
            yield
            return
        me = threading.get_ident()
        outer = self._asked.get(me)
        self._asked[me] = connection, self._looks + int((within or self.patience) / LOOK)
        try:
            yield
        finally:
            with self._lock:  # nobody ends a connection that has its answer
                if outer is None:
                    del self._asked[me]
                else:
                    self._asked[me] = outer

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Connect, unless the server was silent just now or another thread is finding out. Raises Silent."""
        with self._lock:
            after_silence = self._rests_until > 0
            if after_silence and (self._tried or time.monotonic() < self._rests_until):
                raise Silent("the server did not answer a moment ago")
            self._tried = after_silence
        failed = silent = False
        try:
            yield
        except psycopg.OperationalError as failure:
            failed, silent = True, isinstance(failure, psycopg.errors.ConnectionTimeout)
            raise
        finally:
            self._note(failed=failed, silent=silent)

    def look(self) -> None:
        """End the connection of every question that has waited for too long."""
        with self._lock:
            self._looks += 1
            silent = [connection for connection, until in list(self._asked.values()) if self._looks > until]
            for connection in silent:
                _end(connection)
        if silent:
            self._note(failed=True, silent=True)

    def _keep_looking(self) -> None:
        while True:
            time.sleep(LOOK)
            self.look()

    def _note(self, *, failed: bool, silent: bool) -> None:
        self._failed_at = time.monotonic() if failed else None
        self._rests_until = time.monotonic() + REST if silent and self.patience else 0.0
        self._tried = False


def _end(connection: psycopg.Connection) -> None:
    """Shut the socket: the thread that waits for an answer is told that the server is gone."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)


#: this process's own
watch = Watch()
