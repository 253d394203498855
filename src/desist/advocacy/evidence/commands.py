"""Everything that can happen to a file that came from a client.

It arrives in pieces, each locked in the change that takes it in; once it is whole the worker hashes it. What is removed
goes in one change of the worker's, bytes and all; its row and its custody log stay.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.policy import Action
from desist.advocacy.evidence.states import GONE, Came, Custody, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.boxes import Shredded
from desist.advocacy.vault.cipher import CannotOpen
from desist.advocacy.victims.models import Victim
from desist.keys.sitekeys import UnknownKey
from desist.references import reference
from desist.refusals import Refused
from desist.wall import actors, gate
from desist.wall.actors import Actor

MOST_BYTES = 2 * 1024 * 1024 * 1024
#: an upload with which nobody went on is removed after this time
UNFINISHED = timedelta(days=7)
TOO_LARGE = "The file is larger than 2 GB. Ask for the export in parts, by conversation or by year"
ANOTHER = "This is not the file whose upload was begun here: its bytes differ. Choose that file, or remove this upload"
CUT = "A piece of the file was cut off on the way. Try again: what arrived before is kept"
OVER = "This file is not being uploaded any more. Look at the list of files"


def begin(
    *, actor: Actor, ref: str, name: str, size: int, came: Came, submission: str, at: datetime
) -> tuple[str, int]:
    """Begin an upload; return the reference of the file and the number of pieces that are here. Raises Refused."""
    if not 0 < size <= MOST_BYTES:
        raise Refused(TOO_LARGE if size else "The file is empty")
    with gate.change(actor, Action.BEGIN_FILE, Victim, ref, at=at) as victim:
        if earlier := victim.originals.filter(submission=submission).first():
            return earlier.ref, earlier.done
        own = reference()
        row = Original.objects.create(
            ref=own,
            victim=victim,
            name=vault.box(person=ref).lock(field=keeping.NAME, row=own, text=name),
            came=came,
            size=size,
            begun_by=actor.who,
            begun_at=at,
            touched_at=at,
            submission=submission,
        )
        keeping.log(row, Custody.BEGUN, by=actor.who, at=at, what=f"{size:,} bytes")
    return own, 0


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


def save(*, actor: Actor, ref: str, part: int, at: datetime) -> None:
    """Note in the custody log that a part of a copy leaves Desist. Raises Refused."""
    with gate.change(actor, Action.SAVE_FILE, Original, ref, at=at) as row:
        if row.state != State.KEPT:
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


def go_on(*, at: datetime) -> None:
    """Hash what arrived whole, and remove what is to be removed or what nobody went on with."""
    actor = actors.clock()
    over = Original.objects.filter(state=State.ARRIVING, touched_at__lt=at - UNFINISHED)
    for ref in list(over.values_list("ref", flat=True)):
        with gate.change(actor, Action.WORK_ON_FILE, Original, ref, at=at) as row:
            if row.state == State.ARRIVING and row.touched_at < at - UNFINISHED:
                _end(row, by="", at=at)
    for ref in list(Original.objects.filter(state=State.LOOKING).values_list("ref", flat=True)):
        _look(actor, ref, at)
    for ref in list(Original.objects.filter(state=State.DROPPING).values_list("ref", flat=True)):
        with gate.change(actor, Action.WORK_ON_FILE, Original, ref, at=at) as row:
            row.pieces.all().delete()
            row.state = State.DROPPED
            row.save(update_fields=["state"])


def _look(actor: Actor, ref: str, at: datetime) -> None:
    row = Original.objects.select_related("victim").get(ref=ref)
    whole = sha256()
    try:
        for content in keeping.contents(vault.box(person=row.victim.ref), row):
            whole.update(content)
    except (keeping.Altered, CannotOpen, UnknownKey, Shredded) as failure:
        with gate.change(actor, Action.WORK_ON_FILE, Original, ref, at=at) as locked:
            if isinstance(failure, Shredded):  # nothing of the client can be read any more: the bytes go, too
                _end(locked, by="", at=at)
            else:
                locked.state = State.SPOILT
                locked.save(update_fields=["state"])
        return
    digest = whole.hexdigest()
    with gate.change(actor, Action.WORK_ON_FILE, Original, ref, at=at) as locked:
        here = Original.objects.filter(victim=row.victim, digest=digest).exclude(state__in=GONE)
        locked.digest, locked.same_as = digest, here.exclude(pk=row.pk).first()
        if locked.same_as:
            _end(locked, by="", at=at)
        elif locked.state == State.LOOKING:
            locked.state = State.KEPT
            keeping.log(locked, Custody.WHOLE, by="", at=at, what=f"{locked.done:,} pieces")
        locked.save(update_fields=["digest", "same_as", "state"])


def _end(row: Original, *, by: str, at: datetime) -> None:
    row.state = State.DROPPING
    row.save(update_fields=["state"])
    keeping.log(row, Custody.ENDED, by=by, at=at)
