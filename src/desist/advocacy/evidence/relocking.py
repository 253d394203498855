"""The worker's part in a merge of two clients: bytes that went along are locked anew with the key of the client whose they are.

A few pieces are locked in each change. What opens with that client's own key was done before: a worker that is killed
loses nothing, and the next one goes on. Nobody reads a file or an exhibit until all of it is done.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from desist.advocacy.evidence import blocks, commands, keeping
from desist.advocacy.evidence.models import Original, Piece
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.keys.sitekeys import UnknownKey

#: rows of an export that become the client's in one change
ROWS = 20_000


class Moved(Exception):
    """What is locked anew was removed, or became another client's meanwhile: the next worker begins anew."""


class Locked(NamedTuple):
    """Rows with locked bytes: what the row above calls them, the word of their lock, how many one change locks anew."""

    name: str
    word: str
    few: int


#: opens a change, with the row as it is then, None where it was moved
Change = Callable[[], AbstractContextManager[Any]]
PIECES, BLOCKS = Locked("pieces", keeping.CONTENT, 4), Locked("blocks", blocks.FIELD, 40)


def work(*, at: datetime) -> None:
    """Lock every file anew that waits for it."""
    with commands.one_worker():
        for row in commands.to_lock():
            try:
                with suppress(Moved, UnknownKey):  # a key of the site that is missing is waited for
                    _anew(row, at)
            except (CannotOpen, keeping.Altered, boxes.Shredded):
                commands.spoil(row.ref, at=at)


def _anew(row: Original, at: datetime) -> None:
    pieces, held = (lock(part, lambda: commands.locking(row, at=at)) for part in (PIECES, BLOCKS))
    for start in range(0, (row.counts or {}).get("kept", 0), ROWS):
        commands.take_rows(row, start=start, stop=start + ROWS, at=at)
    commands.locked_anew(row, pieces=pieces, blocks=held, at=at)


def lock(part: Locked, change: Change) -> int:
    """Lock rows of a file or an exhibit anew; return how many there are. Raises Moved, UnknownKey, and what cannot be opened."""
    count, last = 0, -1
    while True:
        with change() as row:
            if row is None:
                raise Moved
            rows = getattr(row, part.name).filter(number__gt=last).order_by("number")
            few = list(rows[: part.few])
            if not few:
                return count
            both = (vault.box(person=row.victim.ref), vault.box(person=row.locked_with.ref))
            for one in few:
                _again(one, f"{row.ref} {one.number}", part.word, both)
        count, last = count + len(few), few[-1].number


def _again(one: Any, place: str, word: str, both: tuple[Box, Box]) -> None:  # noqa: ANN401 -- a row with locked bytes
    """Lock one row anew, unless that was done."""
    (after, before), sealed = both, bytes(one.sealed)
    with suppress(CannotOpen):
        after.open_bytes(field=word, row=place, sealed=sealed)
        return
    content = before.open_bytes(field=word, row=place, sealed=sealed)
    if isinstance(one, Piece) and sha256(content).hexdigest() != one.digest:
        raise keeping.Altered
    one.sealed = after.lock_bytes(field=word, row=place, content=content)
    one.save(update_fields=["sealed"])
