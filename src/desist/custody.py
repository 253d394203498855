"""A custody log in rows: each act on a file is bound to the one before it by a hash, and is added, never changed."""

from datetime import datetime
from typing import Any, Protocol

from desist_chronicle import custody


class Kept(Protocol):
    """A row whose `custody` are the entries of its log; `digest` is its SHA-256, empty until it is whole."""

    digest: Any
    custody: Any


def log(row: Kept, action: str, *, by: str, at: datetime, what: str = "") -> None:
    """Add an act to the custody log of a locked row."""
    event = custody.Event(at=at, by=by, action=str(action), what=what, sha256=row.digest)
    made = custody.bind(events=[event], after=links(row))[-1]
    row.custody.create(
        position=int(made.position),
        at=at,
        by=by,
        action=action,
        what=what,
        sha256=row.digest,
        previous=made.previous,
        link=made.link,
    )


def is_whole(row: Kept) -> bool:
    """Whether no entry of the custody log was altered or is missing before another one."""
    try:
        custody.read(text=custody.write(chain=links(row)))
    except custody.BrokenChainError:
        return False
    return True


def links(row: Kept) -> list[custody.Link]:
    """The custody log of a file, as the library's chain."""
    return [
        custody.Link(
            *(str(one.position), one.at.isoformat(), one.by, one.action, one.what, one.sha256),
            *(one.previous, one.link),
        )
        for one in row.custody.order_by("position")
    ]
