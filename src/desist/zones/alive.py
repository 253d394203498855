"""Which processes of a site run, and since when: each holds a locked note in the data folder for as long as it lives.

The system lets go of the lock however a process ends, so that no note of a dead one counts. It is for those who look in
from outside, such as `./desist status`. The parent that replaces a silent process listens to a pipe (`desist.pulse`): a
full disk or a wrong clock makes nobody silent there.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import IO

from desist import sites

_held: list[IO[str]] = []


class Process(StrEnum):
    """The processes of a site that leave a note."""

    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True)
class Living:
    """A process that runs: its kind, its start, its version, and when it last said that it goes on."""

    process: Process
    since: datetime
    version: str
    beat: datetime


def note(process: Process, *, site: str) -> None:
    """Say that this process runs, until it ends. A folder that cannot be written holds up no process."""
    now = datetime.now(UTC)
    path = _folder() / f"{site}.{process}.{os.getpid()}"
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        new = path.with_name(f"{path.name}.new")  # of its own: others of the site begin at the same time
        file = new.open("w", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.write(json.dumps({"since": now.isoformat(), "version": version("desist")}))
        file.flush()
        new.replace(path)  # locked before anybody can see it
        _held[:] = [file]


def beat() -> None:
    """Say that this process goes on with its work."""
    for file in _held:
        with suppress(OSError):
            os.utime(file.fileno())


def living(*, site: str) -> tuple[Living, ...]:
    """The processes of a site that run on this machine. Notes of dead ones are thrown away."""
    return tuple(found for process in Process for found in _living(site, process))


def _living(site: str, process: Process) -> Iterator[Living]:
    for path in sorted(_folder().glob(f"{site}.{process}.*[0-9]")):
        with suppress(OSError, ValueError), path.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                told = json.load(file)
                beat = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield Living(process, datetime.fromisoformat(told["since"]), told["version"], beat)
            else:
                path.unlink()


def _folder() -> Path:
    return sites.data_folder() / "running"
