"""A folder in memory for the file that is being read: nothing in it ever reaches a disk, and no restart keeps it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from desist import sites
from desist.post import own
from desist.refusals import Refused

#: where Linux keeps a file system in memory
PLACE = Path("/dev/shm")  # noqa: S108 -- its folders are made for this user alone
MOUNTS = Path("/proc/self/mounts")
IN_MEMORY = frozenset({"tmpfs", "ramfs"})


class NoRoom(Refused):
    """The machine has no room in memory for the file."""


@contextmanager
def folder(*, size: int) -> Iterator[Path]:
    """An empty folder in memory for one reading; it goes with everything in it. Raises NoRoom."""
    if not _in_memory(PLACE):
        raise NoRoom(f"The machine keeps no files in memory at {PLACE}. Ask your administrator for that")
    free = shutil.disk_usage(PLACE).free
    if free < size:
        raise NoRoom(
            f"The machine has too little room in memory: {size >> 20:,} MB are needed at {PLACE}, and {free >> 20:,} MB "
            "are free. Ask your administrator for more. It goes on by itself"
        )
    made = Path(tempfile.mkdtemp(prefix=prefix(), dir=PLACE))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep() -> None:
    """Remove what a worker that was killed left in memory; only one worker of the site reads at a time."""
    for left in PLACE.glob(f"{prefix()}*"):
        if left.stat().st_uid == os.geteuid():
            shutil.rmtree(left, ignore_errors=True)


def prefix() -> str:
    """What the names of this site's folders begin with, and those of no other deployment on this machine."""
    return prefix_of(site=own.site().name, data=sites.data_folder())


def prefix_of(*, site: str, data: Path) -> str:
    """What the names of the folders of a site begin with, whose deployment has this data folder."""
    return f"desist-{site}-{sha256(str(data.absolute()).encode()).hexdigest()[:8]}-"


def _in_memory(place: Path) -> bool:
    mounts = (line.split() for line in MOUNTS.read_text("utf-8").splitlines())
    return {where: kind for _, where, kind, *_ in mounts}.get(str(place)) in IN_MEMORY
