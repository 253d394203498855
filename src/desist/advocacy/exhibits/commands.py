"""Everything that can happen to an exhibit as a whole; contents.py changes what stands on it.

Once it is finished the worker (making.py) makes an archive of it, which is kept in one change. From then on nothing on it
changes: a new version is an exhibit of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Sum

from desist.advocacy.evidence import keeping as files
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import HERE, Custody
from desist.advocacy.evidence.states import State as File
from desist.advocacy.exhibits import contents, keeping
from desist.advocacy.exhibits.contents import Place
from desist.advocacy.exhibits.keeping import FILE
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.exhibits.policy import Action
from desist.advocacy.exhibits.states import State
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.references import reference
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import actors, gate
from desist.wall.actors import Actor

MOST_BYTES = 1 << 30
TOO_LARGE = "Its files are larger than 1 GB together. Take some off, and put them on another exhibit"
NOTHING_ON = "Nothing is on this exhibit yet. Put rows of the chronology or files on it first"
GONE = "A file on this exhibit was removed. Take off what stands under “Removed”, then finish the exhibit"
LOCKING = "A file on this exhibit is being locked anew, because two records of the client were merged. Finish it in a minute"
NOT_MADE = "Nothing was saved: the exhibit is not made yet. Wait until its page says “Finished”"


def begin(
    *,
    actor: Actor,
    ref: str,
    initials: str,
    caption: str,
    statement: str,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
    rows: Iterable[Place] = (),
) -> str:
    """Begin an exhibit of a client, with rows on it; return its reference. Raises HoldsLocator, NotRead and Refused.

    The number is the next one of these initials for this client. The same form makes one.
    """
    with gate.change(actor, Action.BEGIN_EXHIBIT, Victim, ref, at=at) as victim:
        if earlier := victim.exhibits.filter(submission=submission).first():
            return earlier.ref
        own, box = reference(), vault.box(person=ref)
        vault.check(actor=actor, victim=victim, texts=[caption, statement], at=at, of=box, why=why)
        row = Exhibit.objects.create(
            ref=own,
            victim=victim,
            number=_next(victim, initials.upper()),
            caption=box.lock(field=keeping.CAPTION, row=own, text=caption),
            statement=box.lock(field=keeping.STATEMENT, row=own, text=statement),
            begun_by=actor.who,
            begun_at=at,
            submission=submission,
        )
        contents.put_on(row, rows)
    return own


def write(
    *,
    actor: Actor,
    ref: str,
    caption: str,
    statement: str,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Change the caption and the statement. Raises HoldsLocator, NotRead, Changed and Refused."""
    with gate.change(actor, Action.CHANGE_EXHIBIT, Exhibit, ref, at=at) as row:
        contents.must_be_open(row)
        box = vault.box(person=row.victim.ref)
        gate.next_version(row, version)
        vault.check(actor=actor, victim=row.victim, texts=[caption, statement], at=at, of=box, why=why)
        row.caption = box.lock(field=keeping.CAPTION, row=ref, text=caption)
        row.statement = box.lock(field=keeping.STATEMENT, row=ref, text=statement)
        row.save(update_fields=["caption", "statement", "version"])


def finish(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Finish an exhibit: nothing on it changes from here on, and the worker makes it. Raises Changed and Refused."""
    with gate.change(actor, Action.FINISH_EXHIBIT, Exhibit, ref, at=at) as row:
        if row.state != State.OPEN:
            return
        gate.next_version(row, version)
        vault.box(person=row.victim.ref)
        originals = Original.objects.filter(pk__in=row.rows.values("original"))
        if not originals.exists():
            raise Refused(NOTHING_ON)
        if originals.exclude(state__in=HERE).exists():
            raise Refused(GONE)
        if originals.filter(state=File.LOCKING).exists():
            raise Refused(LOCKING)
        large = originals.filter(pk__in=row.rows.filter(number=FILE).values("original"))
        if (large.aggregate(all=Sum("size"))["all"] or 0) > MOST_BYTES:
            raise Refused(TOO_LARGE)
        row.state, row.closed_by, row.closed_at = State.MAKING, actor.who, at
        row.done, row.steps, row.waits = 0, 0, ""
        row.save()


def renew(*, actor: Actor, ref: str, at: datetime) -> str:
    """Begin a new version of a finished exhibit, with everything on it; return its reference. A second call makes none."""
    with gate.change(actor, Action.RENEW_EXHIBIT, Exhibit, ref, at=at) as before:
        if before.state != State.MADE:
            raise Refused("Only of a finished exhibit a new version is made. Change this one as it is")
        if later := Exhibit.objects.filter(before=before).first():
            return later.ref
        victim = Victim.objects.select_for_update().get(pk=before.victim_id)
        own, box = reference(), vault.box(person=victim.ref)
        row = Exhibit.objects.create(
            ref=own,
            victim=victim,
            number=_next(victim, before.number.partition("/")[0]),
            caption=box.lock(field=keeping.CAPTION, row=own, text=keeping.caption(box, before)),
            statement=box.lock(field=keeping.STATEMENT, row=own, text=keeping.statement(box, before)),
            before=before,
            begun_by=actor.who,
            begun_at=at,
            submission=f"after {before.ref}",
        )
        contents.copy_all(before, row, box)
    return own


def save(*, actor: Actor, ref: str, at: datetime) -> None:
    """Note in the custody log of each file on an exhibit that a copy of it leaves Desist. Raises Refused."""
    with gate.change(actor, Action.SAVE_EXHIBIT, Exhibit, ref, at=at) as row:
        if row.state != State.MADE:
            raise Refused(NOT_MADE)
        for original in _originals(row):
            last = original.custody.filter(action=Custody.SAVED, by=actor.who, what=_named(row)).last()
            if last is None or at - last.at > gate.SECOND_CLICK:
                files.log(original, Custody.SAVED, by=actor.who, at=at, what=_named(row))


def sweep(*, at: datetime) -> None:
    """Erase the archives of clients whose key was destroyed: nothing can be read of them."""
    destroyed = PersonKey.objects.exclude(destroyed_at=None).values("person")
    ended = Exhibit.objects.filter(victim__ref__in=destroyed).exclude(state=State.ENDED)
    for ref in list(ended.values_list("ref", flat=True)):
        with _at_work(ref, at) as row:
            row.pieces.all().delete()
            row.state, row.locked_with = State.ENDED, None
            row.save(update_fields=["state", "locked_with"])


def waiting(*, at: datetime) -> Iterator[tuple[Exhibit, Box]]:
    """The exhibits that are to be made, the oldest first, with their clients' boxes."""
    for ref in list(
        Exhibit.objects.filter(state=State.MAKING).order_by("closed_at").values_list("ref", flat=True)
    ):
        row = Exhibit.objects.select_related("victim").get(ref=ref)
        try:
            yield row, vault.box(person=row.victim.ref)
        except boxes.Shredded:
            continue  # its key was destroyed meanwhile: the next sweep erases it
        except files.UNREADABLE:
            reopen(ref, why="Its key cannot be opened: tell your administrator", at=at)


def note(ref: str, *, done: int, steps: int, at: datetime) -> None:
    """Note how far the making of an exhibit has come."""
    with _at_work(ref, at) as row:
        row.done, row.steps, row.waits = done, steps, ""
        row.save(update_fields=["done", "steps", "waits"])


def wait(ref: str, *, why: str, at: datetime) -> None:
    """Note why an exhibit cannot be made now."""
    if not Exhibit.objects.filter(ref=ref, waits=why).exists():
        with _at_work(ref, at) as row:
            row.waits = why
            row.save(update_fields=["waits"])


def reopen(ref: str, *, why: str, at: datetime) -> None:
    """Give an exhibit that could not be made back to be changed, with the reason."""
    with _at_work(ref, at) as row:
        if row.state == State.MAKING:
            row.state, row.waits, row.closed_by, row.closed_at = State.OPEN, why, "", None
            gate.next_version(row)
            row.save()


def made(ref: str, *, box: Box, pieces: Iterable[bytes], digest: str, size: int, at: datetime) -> None:
    """Keep the archive of an exhibit, locked, and note in the custody log of each file that it is on it."""
    with _at_work(ref, at) as row:
        if row.state != State.MAKING:
            return
        for number, content in enumerate(pieces):
            row.pieces.create(number=number, sealed=keeping.lock_piece(box, row, number, content))
        row.state, row.digest, row.size, row.done = State.MADE, digest, size, row.steps
        row.save(update_fields=["state", "digest", "size", "done"])
        for original in _originals(row):
            files.log(original, Custody.EXHIBITED, by=row.closed_by, at=at, what=_named(row))


def to_lock() -> list[Exhibit]:
    """The exhibits that the worker locks anew."""
    return list(Exhibit.objects.filter(state=State.LOCKING).order_by("pk"))


@contextmanager
def locking(before: Exhibit, *, at: datetime) -> Iterator[Exhibit | None]:
    """Wrap a change of an exhibit that is locked anew; None where it was erased or became another client's meanwhile."""
    with _at_work(before.ref, at) as row:
        yield row if _still(row, before) else None


def locked_anew(before: Exhibit, *, at: datetime) -> None:
    """Note that all of an exhibit is locked with the key of its client, or cannot be opened at all."""
    with _at_work(before.ref, at) as row:
        if _still(row, before):
            row.state, row.locked_with = State.MADE, None
            row.save(update_fields=["state", "locked_with"])


def _still(row: Exhibit, before: Exhibit) -> bool:
    """Whether a locked row is locked anew with the same keys as before."""
    same = (row.victim_id, row.locked_with_id) == (before.victim_id, before.locked_with_id)
    return same and row.state == State.LOCKING


@contextmanager
def _at_work(ref: str, at: datetime) -> Iterator[Exhibit]:
    with gate.change(actors.clock(), Action.MAKE_EXHIBIT, Exhibit, ref, at=at) as row:
        yield row


def _next(victim: Victim, initials: str) -> str:
    return f"{initials}/{victim.exhibits.filter(number__startswith=f'{initials}/').count() + 1}"


def _named(row: Exhibit) -> str:
    return f"exhibit {row.number}"


def _originals(row: Exhibit) -> Iterator[Original]:
    return iter(
        Original.objects.select_for_update().filter(pk__in=row.rows.values("original")).order_by("pk")
    )
