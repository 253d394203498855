"""What a deployment has to itself: its data folder and its ports, claimed before anything starts."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from desist.sites import Site

LOCK = "up.lock"


class Taken(Exception):
    """The folder or a port is in use already, or cannot be used; the text names it and what to do."""


@contextmanager
def claimed(folder: Path, listed: Sequence[Site], *, elsewhere: str) -> Iterator[None]:
    """Keep the folder to this process while the block lasts, once its ports are free. Raises Taken.

    `elsewhere`: how to choose another port, in words. The lock is the process's own: children do not inherit it, and a
    version that takes over in this process claims it anew.
    """
    with (folder / LOCK).open("ab") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise Taken(
                f"Another Desist is using the data in {folder}. Stop it first, or give this one another "
                "folder: --data DIR."
            ) from None
        _refuse_ports(listed, elsewhere=elsewhere)
        yield


def _refuse_ports(listed: Sequence[Site], *, elsewhere: str) -> None:
    """Listen at every port for a moment, in a way that shares it with nobody: the web server's own way would."""
    refused = []
    with ExitStack() as held:
        for site in listed:
            address = os.environ.get("DESIST_ADDRESS") or "127.0.0.1"
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            try:
                held.enter_context(socket.create_server((address, site.port or 0), family=family))
            except OSError as error:
                in_use = error.errno == errno.EADDRINUSE
                why = "is in use by another program" if in_use else f"cannot be used ({error.strerror})"
                refused.append(f"Port {site.port} of {address}, for {site.title}, {why}.")
    if refused:
        raise Taken(f"Nothing was started. {' '.join(refused)} {elsewhere}")
