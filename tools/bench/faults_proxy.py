"""A line to PostgreSQL that can swallow everything: a proxy in the place of its socket."""

import select
import socket
import threading
from pathlib import Path
from typing import Self


class Proxy:
    """Stands in the place of a socket for as long as the block lasts; passes on what it is sent while `forward`."""

    def __init__(self, place: Path) -> None:
        """Name the socket."""
        self.forward = True
        self._place, self._real = place, place.with_name("real")
        self._ends: dict[socket.socket, socket.socket] = {}
        self._open = True

    def __enter__(self) -> Self:
        """Take the socket's place."""
        self._place.rename(self._real)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._place))
        self._place.chmod(0o777)
        self._listening.listen(128)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up on everybody and put the socket back."""
        self._open = False
        self._thread.join()
        self._real.rename(self._place)
        for end in (self._listening, *self._ends):
            end.close()

    def _serve(self) -> None:
        while self._open:
            ready, _, _ = select.select([self._listening, *self._ends], [], [], 0.1)
            for end in ready:
                if end is self._listening:
                    self._take()
                elif end in self._ends:
                    self._pass_on(end)

    def _take(self) -> None:
        near, _ = self._listening.accept()
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(self._real))
        self._ends |= {near: far, far: near}

    def _pass_on(self, end: socket.socket) -> None:
        other = self._ends[end]
        try:
            said = end.recv(65536)
            if said and self.forward:
                other.sendall(said)
        except OSError:
            said = b""
        if not said:
            for closed in (end, other):
                del self._ends[closed]
                closed.close()
