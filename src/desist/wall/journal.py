"""The journal: a sealed file for the events of looks while the database can be read and not written.

A file of fixed size is made while there is room, so that an event can still be kept on a full disk. Each event fills a slot of
its own: encrypted with a key of the site, and bound to everything before it in the file, so that none can be edited, moved or
taken out from the middle. `append` returns once the event is on the disk; only then may a row be shown. The worker sets
the file aside and joins its events to the audit (`desist.audit.commands.join_journal`), then makes a fresh one. No
database, no clock.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SLOT, SLOTS = 1024, 1024  # bytes; slots in a file, the first of which names it
NONCE, TAG = 12, 16
ROOM = SLOT - NONCE - TAG
HEAD = b"desist journal 1\n"
ID = 16
NAME = "journal"
ASIDE, UNREAD = ".aside", ".unread"


class JournalError(Exception):
    """No event can be kept in the journal; the sentence says why."""


@dataclass(frozen=True)
class Event:
    """What the audit keeps of one look, in the order of its columns."""

    at: datetime
    who: str
    role: str
    action: str
    row: str
    correlation: UUID
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Contents:
    """What a journal holds: its name, its events in order, and how many slots cannot be opened."""

    id: str
    events: tuple[Event, ...]
    spoilt: int


def reserve(folder: Path) -> None:
    """Make the empty journal of a site where there is none, through to the disk. Raises OSError."""
    if not (folder / NAME).exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _put_fresh(folder)


def _put_fresh(folder: Path) -> None:
    """Put an empty journal in its place, in one step."""
    fresh = folder / f"{NAME}.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        # Written and not only promised: a hole in a file has no room on a full disk.
        file.write((HEAD + secrets.token_bytes(ID)).ljust(SLOT * SLOTS, b"\0"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAME)
    _sync(folder)


def append(folder: Path, event: Event, *, keys: Sequence[bytes], site: str) -> datetime:
    """Keep an event, through to the disk, and return the moment of the journal's first one. Raises JournalError, OSError.

    `keys`: the newest first, which seals.
    """
    with _locked(folder / NAME) as descriptor:
        content = _read(descriptor)
        number = _filled(content)
        if number == SLOTS:
            raise JournalError("The journal is full")
        bound = _bound(site, number, sha256(content[: number * SLOT]).hexdigest())
        sealed = _seal(event, key=keys[0], bound=bound)
        os.pwrite(descriptor, sealed, number * SLOT)
        os.fsync(descriptor)
    first = next(_slots(content[: 2 * SLOT], keys=keys, site=site), None)
    return first.at if first else event.at


def set_aside(folder: Path) -> None:
    """Take a journal that holds events out of use, and leave a fresh one in its place. Raises JournalError, OSError.

    There is a journal at every moment. Killed in the middle, it goes on where it was.
    """
    with _locked(folder / NAME) as descriptor:
        content = _read(descriptor)
        if _filled(content) > 1:
            second_name = folder / f"{_id(content)}{ASIDE}"
            if not second_name.exists():
                second_name.hardlink_to(folder / NAME)
            _put_fresh(folder)


def aside(folder: Path) -> list[Path]:
    """The journals whose events wait to be joined to the audit."""
    return sorted(folder.glob(f"*{ASIDE}"))


def unread(folder: Path) -> list[Path]:
    """The journals that were joined and hold slots that cannot be opened: a person must look at them."""
    return sorted(folder.glob(f"*{UNREAD}"))


def contents(path: Path, *, keys: Sequence[bytes], site: str) -> Contents:
    """What a journal holds. Raises JournalError, OSError."""
    content = path.read_bytes()
    if len(content) != SLOT * SLOTS or not content.startswith(HEAD):
        raise JournalError(f"{path} is no journal")
    return _opened(content, keys=keys, site=site)


def put_away(path: Path, *, spoilt: bool) -> None:
    """Delete a journal that was joined, or keep it for a person to look at. Raises OSError."""
    if spoilt:
        path.rename(path.with_suffix(UNREAD))
    else:
        path.unlink()
    _sync(path.parent)


@contextmanager
def _locked(place: Path) -> Iterator[int]:
    """The journal in use, locked against every other process until the block ends."""
    while True:
        try:
            descriptor = os.open(place, os.O_RDWR)
        except FileNotFoundError:
            raise JournalError("There is no journal") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Otherwise it was set aside while this process waited.
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def _read(descriptor: int) -> bytes:
    content = os.pread(descriptor, SLOT * SLOTS + 1, 0)
    if len(content) != SLOT * SLOTS or not content.startswith(HEAD):
        raise JournalError("The journal cannot be read as one")
    return content


def _filled(content: bytes) -> int:
    """The number of slots in use; one that was written in part counts, though nothing was shown on its strength."""
    return -(-len(content.rstrip(b"\0")) // SLOT)


def _id(content: bytes) -> str:
    return content[len(HEAD) : len(HEAD) + ID].hex()


def _bound(site: str, number: int, before: str) -> bytes:
    """What a slot is bound to: its site, its place, and the digest of everything before it."""
    return json.dumps([site, number, before]).encode()


def _seal(event: Event, *, key: bytes, bound: bytes) -> bytes:
    said = json.dumps([event.at.isoformat(), *_texts(event), event.allowed, event.reason]).encode()
    if len(said) > ROOM:
        raise JournalError("The event is too long for the journal")
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, said.ljust(ROOM), bound)


def _texts(event: Event) -> tuple[str, ...]:
    return event.who, event.role, event.action, event.row, str(event.correlation)


def _opened(content: bytes, *, keys: Sequence[bytes], site: str) -> Contents:
    found = list(_slots(content, keys=keys, site=site))
    return Contents(_id(content), tuple(filter(None, found)), found.count(None))


def _slots(content: bytes, *, keys: Sequence[bytes], site: str) -> Iterator[Event | None]:
    """The event of each slot in use; None for one that cannot be opened."""
    before = sha256()
    for number in range(_filled(content)):
        slot = content[number * SLOT : (number + 1) * SLOT]
        if number:
            bound = _bound(site, number, before.hexdigest())
            yield next(filter(None, (_open(slot, key=key, bound=bound) for key in keys)), None)
        before.update(slot)


def _open(slot: bytes, *, key: bytes, bound: bytes) -> Event | None:
    try:
        said = json.loads(ChaCha20Poly1305(key).decrypt(slot[:NONCE], slot[NONCE:], bound))
    except InvalidTag:
        return None
    at, who, role, action, row, correlation, allowed, reason = said
    return Event(datetime.fromisoformat(at), who, role, action, row, UUID(correlation), allowed, reason)


def _sync(folder: Path) -> None:
    """Let the names in a folder outlive a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
