"""Everything that can happen to a file that came from a client.

It arrives in pieces, each locked in the change that takes it in. Once it is whole the worker (reading.py) looks through it, a
person says who is who and what is chosen, and the worker keeps that in one change. What is removed goes in one change too,
bytes and rows; the file's own row and its custody log stay.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Q

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.policy import Action
from desist.advocacy.evidence.states import GONE, WAITING, Came, Custody, State
from desist.advocacy.evidence.texts import ANSWERS, FOUND, Answers, Found
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.refusals import Changed, Refused
from desist.ui.words import FalseAlarm
from desist.wall import actors, gate, turns
from desist.wall.actors import Actor

MOST_BYTES = 2 * 1024 * 1024 * 1024
#: an upload with which nobody went on is removed after this time
UNFINISHED = timedelta(days=7)
TOO_LARGE = "The file is larger than 2 GB. Ask for the export in parts, by conversation or by year"
ANOTHER = "This is not the file whose upload was begun here: its bytes differ. Choose that file, or remove this upload"
CUT = "A piece of the file was cut off on the way. Try again: what arrived before is kept"
OVER = "This file is not being uploaded any more. Look at the list of files"
PASSED = "These questions have been answered already. The page shows what was kept"
NOT_KEPT = "Nothing was written down: the file is being worked on, or was removed"
BOTH = "The same name is chosen as the client and as the person who stalks them. Choose it once"


def begin(
    *, actor: Actor, ref: str, name: str, size: int, came: Came, submission: str, at: datetime
) -> tuple[str, int]:
    """Begin an upload; return the reference of the file and the number of pieces that are here. Raises Refused."""
    if not 0 < size <= MOST_BYTES:
        raise Refused(TOO_LARGE if size else "The file is empty")
    with gate.change(actor, Action.BEGIN_FILE, Victim, ref, at=at) as victim:
        if earlier := victim.originals.filter(submission=submission).first():
            return earlier.ref, earlier.done
        row = keeping.begun(
            victim, name=name, size=size, came=came, submission=submission, by=actor.who, at=at
        )
        keeping.log(row, Custody.BEGUN, by=actor.who, at=at, what=f"{size:,} bytes")
    return row.ref, 0


def add_piece(*, actor: Actor, ref: str, number: int, content: bytes, at: datetime) -> int:
    """Keep the next piece; return the number of pieces that are here. A piece that comes again is no error. Raises Refused."""
    digest = sha256(content).hexdigest()
    with gate.change(actor, Action.SEND_PIECE, Original, ref, at=at) as row:
        if row.state in GONE:
            raise Refused(OVER)
        if number < row.done:
            if not row.pieces.filter(number=number, digest=digest).exists():
                raise Refused(ANOTHER)
            return row.done
        if number > row.done or len(content) != min(keeping.PIECE, row.size - number * keeping.PIECE):
            raise Refused(CUT)
        box = vault.box(person=row.victim.ref)
        row.pieces.create(number=number, digest=digest, sealed=keeping.lock_piece(box, row, number, content))
        row.done, row.touched_at = number + 1, at
        row.state = State.LOOKING if row.done == keeping.parts(row) else State.ARRIVING
        row.save(update_fields=["done", "touched_at", "state"])
        return row.done


def upload(
    *, actor: Actor, ref: str, name: str, content: bytes, came: Came, submission: str, at: datetime
) -> str:
    """Take in a small file at once; return its reference. Raises Refused."""
    own, _ = begin(
        actor=actor, ref=ref, name=name, size=len(content), came=came, submission=submission, at=at
    )
    add_piece(actor=actor, ref=own, number=0, content=content, at=at)
    return own


def write_down(
    *,
    actor: Actor,
    ref: str,
    words: str,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Keep what is said in a recording, in a new version. The same words twice are no error.

    Raises Changed, HoldsLocator and Refused.
    """
    with gate.change(actor, Action.WRITE_TRANSCRIPT, Original, ref, at=at) as row:
        if row.state != State.KEPT:
            raise Refused(NOT_KEPT)
        box = vault.box(person=row.victim.ref)
        last, known = keeping.transcript(box, row)
        number = last.number if last else 0
        if words == known:
            return
        if number != version:  # each version has its own number, which names the one behind the form
            raise Changed
        vault.check(actor=actor, victim=row.victim, texts=[words], at=at, of=box, why=why)
        locked = box.lock(field=keeping.TRANSCRIPT, row=f"{ref} {number + 1}", text=words)
        row.transcripts.create(number=number + 1, words=locked, written_by=actor.who, written_at=at)


def save(*, actor: Actor, ref: str, part: int, at: datetime) -> None:
    """Note in the custody log that a part of a copy leaves Desist. Raises Refused."""
    with gate.change(actor, Action.SAVE_FILE, Original, ref, at=at) as row:
        if not row.digest or row.state in {*GONE, State.LOCKING, State.SPOILT}:
            raise Refused("Nothing was saved: the file is not whole, or is being worked on. Wait a minute")
        if part >= keeping.copies(row):
            raise Refused("Nothing was saved: the file has no such part")
        what = f"part {part + 1} of {keeping.copies(row)}"
        last = row.custody.filter(action=Custody.SAVED, by=actor.who, what=what).order_by("position").last()
        if last is None or at - last.at > gate.SECOND_CLICK:
            keeping.log(row, Custody.SAVED, by=actor.who, at=at, what=what)


def drop(*, actor: Actor, ref: str, at: datetime) -> str:
    """Have a file removed with all its bytes; return the client's reference. A second call is no error."""
    with gate.change(actor, Action.DROP_FILE, Original, ref, at=at) as row:
        if row.state not in GONE:
            _end(row, by=actor.who, at=at)
        return row.victim.ref


def choose(*, actor: Actor, ref: str, answers: Answers, at: datetime) -> None:
    """Say who is who and what is kept of an export; the worker keeps it. The same answers twice are no error. Raises Refused."""
    if set(answers.client) & set(answers.person):
        raise Refused(BOTH, field="person")
    with gate.change(actor, Action.CHOOSE_OF_FILE, Original, ref, at=at) as row:
        box = vault.box(person=row.victim.ref)
        if row.state in {State.LOOKING, State.BRINGING} and answers == keeping.answers(box, row):
            return
        if row.state != State.ASKING:
            raise Refused(PASSED)
        # Without the order of day and month nothing could be read: it is looked through once more.
        row.state = State.LOOKING if keeping.found(box, row).question else State.BRINGING
        row.answers, row.read = boxes.lock(box, ANSWERS, row.ref, answers), 0
        row.save(update_fields=["state", "answers", "read"])


def put_right(*, actor: Actor, ref: str, client: list[int], person: list[int], at: datetime) -> None:
    """Correct the sides in a kept export: its rows name senders, so nothing else changes. Raises Refused."""
    if set(client) & set(person):
        raise Refused(BOTH, field="person")
    with gate.change(actor, Action.CHOOSE_OF_FILE, Original, ref, at=at) as row:
        if row.state != State.KEPT or not row.answers:
            raise Refused("Nothing of this file was read, so there is nobody to correct")
        box = vault.box(person=row.victim.ref)
        said = keeping.answers(box, row)
        if (said.client, said.person) == (client, person):
            return
        row.answers = boxes.lock(box, ANSWERS, row.ref, replace(said, client=client, person=person))
        row.save(update_fields=["answers"])
        keeping.log(row, Custody.CORRECTED, by=actor.who, at=at, what="who is who")


@contextmanager
def one_worker() -> Iterator[None]:
    """Let one worker of the site read at a time. Raises turns.Taken."""
    with turns.turn("evidence", patience=0.1):
        yield


def sweep(*, at: datetime) -> None:
    """End uploads with which nobody went on, and files of clients whose key was destroyed: nothing can be read of them."""
    over = Q(state=State.ARRIVING, touched_at__lt=at - UNFINISHED)
    destroyed = PersonKey.objects.exclude(destroyed_at=None).values("person")
    ended = Original.objects.filter(over | Q(victim__ref__in=destroyed)).exclude(state__in=GONE)
    for ref in list(ended.values_list("ref", flat=True)):
        with _at_work(ref, at) as row:
            if ended.filter(pk=row.pk).exists():  # no piece came meanwhile
                _end(row, by="", at=at)


def remove(*, at: datetime) -> None:
    """Remove the bytes and the rows of what is to be removed."""
    for ref in list(Original.objects.filter(state=State.DROPPING).values_list("ref", flat=True)):
        with _at_work(ref, at) as row:
            for rows in (row.records, row.hours, row.blocks, row.transcripts, row.pieces):
                rows.all().delete()
            row.state, row.found, row.answers, row.locked_with = State.DROPPED, None, None, None
            row.save(update_fields=["state", "found", "answers", "locked_with"])


def waiting(*, at: datetime) -> Iterator[tuple[Original, Box]]:
    """The files that wait for the worker, the oldest first, with their clients' boxes."""
    for ref in list(
        Original.objects.filter(state__in=WAITING).order_by("touched_at").values_list("ref", flat=True)
    ):
        row = Original.objects.select_related("victim").get(ref=ref)
        try:
            yield row, vault.box(person=row.victim.ref)
        except keeping.UNREADABLE:
            spoil(ref, at=at)


def hashed(ref: str, *, digest: str, at: datetime) -> bool:
    """Note the hash of a whole file; False where an earlier file of the client has it, or its bytes are others than before."""
    with _at_work(ref, at) as row:
        if row.state not in WAITING:
            return False
        if row.digest:
            row.state = row.state if row.digest == digest else State.SPOILT
            row.save(update_fields=["state"])
            return row.digest == digest
        here = Original.objects.filter(victim=row.victim_id, digest=digest).exclude(state__in=GONE)
        row.digest, row.same_as = digest, here.first()
        if row.same_as:
            _end(row, by="", at=at)
        row.save(update_fields=["digest", "same_as"])
        if not row.same_as:
            keeping.log(row, Custody.WHOLE, by="", at=at, what=f"{row.done:,} pieces")
        return row.same_as is None


def looked(ref: str, *, found: Found, at: datetime) -> None:
    """Keep what was found in a file: a person answers, or there is nothing to ask."""
    with _at_work(ref, at) as row:
        if row.state in WAITING:
            row.found = boxes.lock(vault.box(person=row.victim.ref), FOUND, row.ref, found)
            row.state = State.ASKING if found.records or found.question else State.KEPT
            row.read, row.waits = found.records, ""
            row.save(update_fields=["found", "state", "read", "waits"])


@contextmanager
def bringing(
    ref: str, *, found: Found, answers: Answers, counts: Mapping[str, int], at: datetime
) -> Iterator[Original | None]:
    """Wrap the change that keeps the rows of an export; None where it was removed meanwhile."""
    with _at_work(ref, at) as row:
        if row.state != State.BRINGING:
            yield None
            return
        yield row
        box = vault.box(person=row.victim.ref)
        row.found, row.answers = boxes.lock(box, FOUND, ref, found), boxes.lock(box, ANSWERS, ref, answers)
        row.state, row.counts, row.read, row.waits = State.KEPT, dict(counts), counts["read"], ""
        row.save(update_fields=["found", "answers", "state", "counts", "read", "waits"])
        what = f"{counts['kept']:,} of {counts['read']:,} records, by {found.program}"
        keeping.log(row, Custody.READ, by="", at=at, what=what)


def note(ref: str, *, read: int, at: datetime) -> None:
    """Note how far the reading of an export has come."""
    with _at_work(ref, at) as row:
        row.read = read
        row.save(update_fields=["read"])


def wait(ref: str, *, why: str, at: datetime) -> None:
    """Note why a file cannot be worked on now."""
    if not Original.objects.filter(ref=ref, waits=why).exists():
        with _at_work(ref, at) as row:
            row.waits = why
            row.save(update_fields=["waits"])


def spoil(ref: str, *, at: datetime) -> None:
    """Note that a file cannot be opened."""
    with _at_work(ref, at) as row:
        if row.state in {*WAITING, State.LOCKING}:
            row.state, row.locked_with = State.SPOILT, None
            row.save(update_fields=["state", "locked_with"])


def to_lock() -> list[Original]:
    """The files that the worker locks anew."""
    return list(Original.objects.filter(state=State.LOCKING).order_by("pk"))


@contextmanager
def locking(before: Original, *, at: datetime) -> Iterator[Original | None]:
    """Wrap a change of a file that is locked anew; None where it was removed or became another client's meanwhile."""
    with _at_work(before.ref, at) as row:
        yield row if _still(row, before) else None


def take_rows(before: Original, *, start: int, stop: int, at: datetime) -> None:
    """Let the rows of these numbers of a file that is locked anew be its client's."""
    with _at_work(before.ref, at) as row:
        if _still(row, before):
            row.records.filter(number__gte=start, number__lt=stop).update(victim=row.victim)


def locked_anew(before: Original, *, pieces: int, blocks: int, at: datetime) -> None:
    """Note that all of a file is locked with the key of its client; the numbers of pieces and blocks are for the log."""
    with _at_work(before.ref, at) as row:
        if not _still(row, before):
            return
        row.hours.update(victim=row.victim)
        found = keeping.found(vault.box(person=row.victim.ref), row)
        asks = row.counts is None and (found.records or found.question)
        row.state, row.locked_with = State.ASKING if asks else State.KEPT, None
        row.save(update_fields=["state", "locked_with"])
        held = f"pieces: {pieces:,}, blocks of rows: {blocks:,}" if blocks else f"pieces: {pieces:,}"
        keeping.log(row, Custody.RELOCKED, by="", at=at, what=held)


def kept_beside(row: Original) -> list[Original]:
    """The other exports of a client of which rows are kept, for the worker."""
    return list(
        Original.objects.filter(victim=row.victim_id, counts__kept__gt=0, state=State.KEPT).exclude(pk=row.pk)
    )


def _still(row: Original, before: Original) -> bool:
    """Whether a locked row is locked anew with the same keys as before."""
    same = (row.victim_id, row.locked_with_id) == (before.victim_id, before.locked_with_id)
    return same and row.state == State.LOCKING


@contextmanager
def _at_work(ref: str, at: datetime) -> Iterator[Original]:
    with gate.change(actors.clock(), Action.WORK_ON_FILE, Original, ref, at=at) as row:
        yield row


def _end(row: Original, *, by: str, at: datetime) -> None:
    row.state = State.DROPPING
    row.save(update_fields=["state"])
    keeping.log(row, Custody.ENDED, by=by, at=at)
