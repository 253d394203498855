"""A line to PostgreSQL that can swallow everything: a proxy in the place of its socket."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self


class Proxy:
    """Stands in the place of a socket for as long as the block lasts; passes on what it is sent while `forward`.

    Each direction of each connection has a thread of its own, so that none waits for another.
    """

    def __init__(self, place: Path) -> None:
        """Name the socket."""
        self.forward = True
        self._place, self._real = place, place.with_name("real")
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._open = True

    def __enter__(self) -> Self:
        """Take the socket's place."""
        self._place.rename(self._real)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._place))
        self._place.chmod(0o777)
        self._listening.listen(128)
        self._listening.settimeout(0.1)
        self._accepting = self._started(self._serve)
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up on everybody and put the socket back."""
        self._open = False
        self._accepting.join()
        self._real.rename(self._place)
        self._listening.close()
        for end in self._ends:
            _hang_up(end)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        while self._open:
            try:
                near, _ = self._listening.accept()
            except TimeoutError:
                continue
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(str(self._real))
            except OSError:  # as PostgreSQL itself would refuse
                near.close()
                far.close()
                continue
            self._ends += (near, far)
            self._threads += (
                self._started(self._pass_on, near, far),
                self._started(self._pass_on, far, near),
            )

    def _pass_on(self, end: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := end.recv(65536):
                if self.forward:
                    other.sendall(said)
        for one in (other, end):
            _hang_up(one)
        end.close()

    @staticmethod
    def _started(work: Callable[..., None], *ends: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=work, args=ends, daemon=True)
        thread.start()
        return thread


def _hang_up(end: socket.socket) -> None:
    """End both directions, so that no thread waits here any more."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
