"""The bytes of a file and its custody log, for a row that the gate let through."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from desist import custody
from desist.advocacy.evidence.models import Original, Transcript
from desist.advocacy.evidence.states import Came, Custody, State
from desist.advocacy.evidence.texts import ANSWERS, FOUND, Answers, Found
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box, CannotOpen
from desist.advocacy.victims.models import Victim
from desist.keys.sitekeys import UnknownKey
from desist.references import reference

#: bytes of every piece but the last; with its form it stays below FILE_UPLOAD_MAX_MEMORY_SIZE, so it is never on a disk
PIECE = 4 * 1024 * 1024
#: pieces of a part of a copy: a web process holds the whole answer in memory
COPY = 16
NAME, CONTENT, TRANSCRIPT = "evidence name", "evidence piece", "evidence transcript"
log, log_is_whole, links = custody.log, custody.is_whole, custody.links


class Altered(Exception):
    """A piece is missing, or is not what arrived."""


#: what keeps a file from being read here: it was changed, or a key is missing
UNREADABLE = (Altered, CannotOpen, UnknownKey)


def name(box: Box, row: Original) -> str:
    """The name of the file."""
    return box.open(field=NAME, row=row.ref, sealed=bytes(row.name))


def found(box: Box, row: Original) -> Found:
    """What was found in a file; nothing before anyone looked."""
    return boxes.unlock(box, FOUND, row.ref, row.found, Found) if row.found else Found()


def answers(box: Box, row: Original) -> Answers:
    """What a person said of an export."""
    return boxes.unlock(box, ANSWERS, row.ref, row.answers, Answers) if row.answers else Answers()


def parts(row: Original) -> int:
    """The number of pieces of the whole file."""
    return -(-row.size // PIECE)


def lock_piece(box: Box, row: Original, number: int, content: bytes) -> bytes:
    """A piece, locked for its place in this file."""
    return box.lock_bytes(field=CONTENT, row=f"{row.ref} {number}", content=content)


def copies(row: Original) -> int:
    """The number of parts in which a copy is saved."""
    return -(-parts(row) // COPY)


def contents(box: Box, row: Original, *, copy: int | None = None) -> Iterator[bytes]:
    """The pieces in their order, one in memory at a time; of one part of a copy alone. Raises Altered and CannotOpen."""
    every = range(parts(row))
    for number in every if copy is None else every[copy * COPY : (copy + 1) * COPY]:
        yield piece(box, row, number)


def piece(box: Box, row: Original, number: int) -> bytes:
    """One piece. Raises Altered and CannotOpen."""
    found = row.pieces.filter(number=number).first()
    if found is None:
        raise Altered
    content = box.open_bytes(field=CONTENT, row=f"{row.ref} {number}", sealed=bytes(found.sealed))
    if sha256(content).hexdigest() != found.digest:
        raise Altered
    return content


def transcript(box: Box, row: Original, *, until: datetime | None = None) -> tuple[Transcript | None, str]:
    """The newest transcript of a recording, or the newest of a moment, and its words."""
    written = row.transcripts.filter(written_at__lte=until) if until else row.transcripts
    last = written.order_by("-number").first()
    if last is None:
        return None, ""
    return last, box.open(field=TRANSCRIPT, row=f"{row.ref} {last.number}", sealed=bytes(last.words))


def begun(
    victim: Victim, *, name: str, size: int, came: Came, submission: str, by: str, at: datetime
) -> Original:
    """Within a change: begin a file of a client."""
    own = reference()
    return victim.originals.create(
        ref=own,
        name=vault.box(person=victim.ref).lock(field=NAME, row=own, text=name),
        came=came,
        size=size,
        begun_by=by,
        begun_at=at,
        touched_at=at,
        submission=submission,
    )


def accept(row: Original, *, what: str, at: datetime) -> None:
    """Within the change that accepts what a client sent by a link: its pieces are yet to be taken over."""
    row.state = State.TAKING
    row.save(update_fields=["state"])
    log(row, Custody.ACCEPTED, by=row.begun_by, at=at, what=what)


def take_over(row: Original, box: Box, content: bytes, *, at: datetime) -> bool:
    """Within a change: keep the next piece of a locked row of `accept`; return whether the file is whole now."""
    number = row.done
    sealed = lock_piece(box, row, number, content)
    row.pieces.create(number=number, digest=sha256(content).hexdigest(), sealed=sealed)
    row.done, row.touched_at = number + 1, at
    row.state = State.LOOKING if row.done == parts(row) else State.TAKING
    row.save(update_fields=["done", "touched_at", "state"])
    return row.state == State.LOOKING
