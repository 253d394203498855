"""A new version of the program takes the place of the running one while the sites answer.

`kill -USR2` makes the process of `./desist up` run the program as it is now: the process stays, and so do its children,
which answer until those of the new version do. Both listen at one port meanwhile (SO_REUSEPORT).
"""

import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

#: tells the program that takes over which children are there already
BEFORE = "DESIST_BEFORE"
LISTENS = "0A"  # the state of a socket, as Linux lists it


def program() -> list[str]:
    """This program with its arguments, to be run anew: through a link, it is the version that the link names by then."""
    script = sys.argv[0]
    return sys.argv if os.access(script, os.X_OK) else [sys.executable, *sys.orig_argv[1:]]


def would_start() -> bool:
    """Whether the program as it is now would serve the sites; it writes its reasons where this one writes."""
    try:
        return subprocess.run([*program(), "--check"], check=False).returncode == 0
    except OSError as error:
        sys.stderr.write(f"desist: {program()[0]} cannot be run: {error.strerror}.\n")
        return False


def take_over(children: Collection[int]) -> NoReturn:
    """Run the program as it is now in this process; it learns of the children, whose parent it is from now on."""
    os.environ[BEFORE] = " ".join(map(str, children))
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)  # until it handles the signal itself
    os.execv(program()[0], program())  # noqa: S606 -- the very program that runs


def before() -> list[int]:
    """The children of the version before; none unless this program took over from one."""
    return [int(pid) for pid in os.environ.pop(BEFORE, "").split()]


def listens(pid: int, port: int) -> bool:
    """Whether a process, or one below it, listens at a port. Linux only."""
    sockets = set(_listening(port))
    return any(sockets & _opened(one) for one in (pid, *_below(pid)))


def _listening(port: int) -> Iterator[str]:
    """The sockets of this machine that listen at a port, as a process names them."""
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text("ascii").splitlines()[1:]:
            _, local, _, state, *_, inode = line.split()[:10]
            if state == LISTENS and int(local.rpartition(":")[2], 16) == port:
                yield f"socket:[{inode}]"


def _opened(pid: int) -> set[str]:
    """What a process has open; nothing where it ended."""
    found: set[str] = set()
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):  # it is closed at this moment
                found.add(str(link.readlink()))
    return found


def _below(pid: int) -> Iterator[int]:
    with suppress(OSError):  # it ends at this moment
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, task.read_text("ascii").split()):
                yield child
                yield from _below(child)
