"""The list of destroyed keys, outside the database and its backups: DATA/erased/SITE, one reference a line.

A restored backup brings wrapped keys back. The worker reads this list and destroys them again before long.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desist import sites
from desist.post import own


def note(*, person: str, at: datetime) -> None:
    """Add a person, and write the list through to the disk."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{person} {at.isoformat()}\n")
        file.flush()
        os.fsync(file.fileno())


def complete(destroyed: Iterable[tuple[str, datetime]]) -> None:
    """Make sure that there is a list with every person whose key the database knows to be destroyed.

    So a restore can tell an empty list from a lost one. If the list alone was lost, it is soon whole again, and never
    replaces its last good copy with less.
    """
    path = _path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    listed = persons()
    for person, at in destroyed:
        if person not in listed:
            note(person=person, at=at)


def persons() -> frozenset[str]:
    """The persons whose key was destroyed."""
    path = _path()
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    return frozenset(line.split(" ", 1)[0] for line in lines if line.strip())


def _path() -> Path:
    return sites.data_folder() / "erased" / own.site().name
