"""The caption and the bytes of an exhibit, locked with the site's own key, for a row that the gate let through."""

from collections.abc import Iterator
from hashlib import sha256

from desist.keys.sitekeys import UnknownKey
from desist.partnership.exhibits.models import Exhibit
from desist.post import own
from desist.referral import files
from desist.referral.files import Spoilt

#: pieces of a part of a copy: a web process holds the whole answer in memory
COPY = 96


def lock_caption(row: Exhibit, words: str) -> None:
    """Keep the caption with a new row."""
    keys = own.keys().current
    row.key, row.caption = keys.id, files.lock(keys=keys, ref=_caption_of(row), content=words.encode())


def caption(row: Exhibit) -> str:
    """What it is, in its sender's words; empty once it was recalled, or where it cannot be unlocked here."""
    try:
        return (
            files.unlock(
                keys=own.keys(), key=row.key, ref=_caption_of(row), sealed=bytes(row.caption)
            ).decode()
            if row.caption
            else ""
        )
    except (Spoilt, UnknownKey):
        return ""


def keep(row: Exhibit, number: int, content: bytes) -> None:
    """Keep a piece, locked for its place in this exhibit."""
    keys = own.keys().current
    row.pieces.create(
        number=number,
        key=keys.id,
        sealed=files.lock(keys=keys, ref=f"{row.ref} {number}", content=content),
    )


def copies(row: Exhibit) -> int:
    """The number of parts in which a copy is saved."""
    return -(-row.parts // COPY)


def contents(row: Exhibit, *, copy: int | None = None) -> Iterator[bytes]:
    """The pieces in their order, one in memory at a time; of one part of a copy alone. Raises Spoilt and UnknownKey."""
    every, keys = range(row.parts), own.keys()
    for number in every if copy is None else every[copy * COPY : (copy + 1) * COPY]:
        piece = row.pieces.filter(number=number).first()
        if piece is None:
            raise Spoilt(row.ref)
        yield files.unlock(keys=keys, key=piece.key, ref=f"{row.ref} {number}", sealed=bytes(piece.sealed))


def is_what_was_sent(row: Exhibit) -> bool:
    """Whether size and hash of what is here are those that were sent. Raises UnknownKey."""
    whole, size = sha256(), 0
    try:
        for content in contents(row):
            whole.update(content)
            size += len(content)
    except Spoilt:
        return False
    return (size, whole.hexdigest()) == (row.size, row.digest)


def _caption_of(row: Exhibit) -> str:
    return f"{row.ref} caption"
