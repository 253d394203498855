"""Everything that can happen to an exhibit.

Rows and files are put on it, words are left out of it, and once it is finished the worker (making.py) makes an archive of
it, which is kept in one change. From then on nothing on it changes: a new version is an exhibit of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, Sum

from desist.advocacy.evidence import blocks
from desist.advocacy.evidence import keeping as files
from desist.advocacy.evidence.models import Original, Record
from desist.advocacy.evidence.states import Custody
from desist.advocacy.evidence.states import State as File
from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.keeping import FILE
from desist.advocacy.exhibits.models import Exhibit, ExhibitRow, Redaction
from desist.advocacy.exhibits.policy import Action
from desist.advocacy.exhibits.states import State, Unused, Why
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
from desist_chronicle.masking import is_own

MOST_ROWS, MOST_FILES, MOST_BYTES = 5_000, 400, 1 << 30
FINISHED = "Nothing was changed: this exhibit is finished. To change it, make a new version of it"
TOO_MANY = (
    "Nothing was put on it: an exhibit takes 5,000 rows. Put fewer on it, and the rest on another exhibit"
)
TOO_MANY_FILES = "Nothing was put on it: an exhibit takes 400 files. Put the rest on another exhibit"
TOO_LARGE = "Its files are larger than 1 GB together. Take some off, and put them on another exhibit"
NOT_THERE = "These words are not in this row. Copy them from the row as they are written there"
NOTHING_ON = "Nothing is on this exhibit yet. Put rows of the chronology or files on it first"
GONE = "A file on this exhibit was removed. Take off what stands under “Removed”, then finish the exhibit"
NOT_MADE = "Nothing was saved: the exhibit is not made yet. Wait until its page says “Finished”"
#: (reference of a file, number of a kept row in it)
Place = tuple[str, int]


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
        _put(row, rows)
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
    with _open(actor, ref, at) as row:
        box = vault.box(person=row.victim.ref)
        gate.next_version(row, version)
        vault.check(actor=actor, victim=row.victim, texts=[caption, statement], at=at, of=box, why=why)
        row.caption = box.lock(field=keeping.CAPTION, row=ref, text=caption)
        row.statement = box.lock(field=keeping.STATEMENT, row=ref, text=statement)
        row.save(update_fields=["caption", "statement", "version"])


def put(*, actor: Actor, ref: str, rows: Iterable[Place], at: datetime) -> int:
    """Put kept rows of exports on; return how many were not on it yet. Raises Refused.

    A row that the client does not have is as absent as a client that there is not: gate.NotFound.
    """
    with _open(actor, ref, at) as row:
        added = _put(row, rows)
        _touched(row)
        return added


def put_files(
    *,
    actor: Actor,
    ref: str,
    refs: Iterable[str],
    whole: Iterable[str],
    version: int | None,
    at: datetime,
) -> None:
    """Put files on, those of `whole` as they came; a file that is not named is taken off. Raises Changed and Refused."""
    wanted, as_they_came = set(refs), set(whole)
    with _open(actor, ref, at) as row:
        gate.next_version(row, version)
        if len(wanted) > MOST_FILES:
            raise Refused(TOO_MANY_FILES)
        found = row.victim.originals.filter(ref__in=wanted, state=File.KEPT)
        if len(found) != len(wanted):
            raise gate.NotFound(ref)
        row.rows.filter(number=FILE).delete()
        ExhibitRow.objects.bulk_create(
            ExhibitRow(exhibit=row, original=one, number=FILE, whole=one.ref in as_they_came) for one in found
        )
        row.save(update_fields=["version"])


def take_off(*, actor: Actor, ref: str, place: Place, at: datetime) -> None:
    """Take a row or a file off, with what was left out of it; of a removed file, all of it. Raises Refused.

    A second call is no error.
    """
    file, number = place
    with _open(actor, ref, at) as row:
        one = Q(original__ref=file) & (Q(number=number) | ~Q(original__state=File.KEPT))
        row.redactions.filter(one).delete()
        row.rows.filter(one).delete()
        _touched(row)


def redact(
    *, actor: Actor, ref: str, place: Place, words: str, why: Why, submission: str, at: datetime
) -> None:
    """Leave out a row's words, or some `words` of it wherever they stand on the exhibit. Raises Refused."""
    with _open(actor, ref, at) as row:
        if Redaction.objects.filter(submission=submission).exists():
            return
        one = row.rows.select_related("original").filter(original__ref=place[0], number=place[1]).first()
        if one is None or one.number == FILE:
            raise gate.NotFound(ref)
        own, box = reference(), vault.box(person=row.victim.ref)
        if words and not is_own(words, own=_text(one, box)):
            raise Refused(NOT_THERE, field="words")
        row.redactions.create(
            ref=own,
            original=one.original,
            number=one.number,
            words=box.lock(field=keeping.WORDS, row=own, text=words) if words else b"",
            why=why,
            made_by=actor.who,
            made_at=at,
            submission=submission,
        )
        _touched(row)


def undo(*, actor: Actor, ref: str, at: datetime) -> str:
    """Undo a redaction; return the exhibit's reference. A second call finds nothing: gate.NotFound. Raises Refused."""
    with gate.change(actor, Action.UNDO_REDACTION, Redaction, ref, at=at) as one:
        row = Exhibit.objects.select_for_update().get(pk=one.exhibit_id)
        _must_be_open(row)
        one.delete()
        _touched(row)
        return row.ref


def say_unused(
    *,
    actor: Actor,
    ref: str,
    reasons: Mapping[Place, str],
    version: int | None,
    at: datetime,
) -> None:
    """Say why what is kept is not on an exhibit: (file, conversation or FILE) -> code, "" for none. Raises Changed and Refused."""
    with _open(actor, ref, at) as row:
        gate.next_version(row, version)
        named = {file for file, _ in reasons}
        found = {one.ref: one for one in row.victim.originals.filter(ref__in=named)}
        if found.keys() != named:
            raise gate.NotFound(ref)
        for (file, conversation), reason in reasons.items():
            row.reasons.filter(original=found[file], conversation=conversation).delete()
            if reason:
                row.reasons.create(original=found[file], conversation=conversation, reason=Unused(reason))
        row.save(update_fields=["version"])


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
        if originals.exclude(state=File.KEPT).exists():
            raise Refused(GONE)
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
        _copy(before, row, box)
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
            row.state = State.ENDED
            row.save(update_fields=["state"])


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


@contextmanager
def _open(actor: Actor, ref: str, at: datetime) -> Iterator[Exhibit]:
    """Wrap a change of an exhibit that is not finished."""
    with gate.change(actor, Action.CHANGE_EXHIBIT, Exhibit, ref, at=at) as row:
        _must_be_open(row)
        yield row


@contextmanager
def _at_work(ref: str, at: datetime) -> Iterator[Exhibit]:
    with gate.change(actors.clock(), Action.MAKE_EXHIBIT, Exhibit, ref, at=at) as row:
        yield row


def _must_be_open(row: Exhibit) -> None:
    if row.state != State.OPEN:
        raise Refused(FINISHED)


def _touched(row: Exhibit) -> None:
    gate.next_version(row)
    row.save(update_fields=["version"])


def _next(victim: Victim, initials: str) -> str:
    return f"{initials}/{victim.exhibits.filter(number__startswith=f'{initials}/').count() + 1}"


def _named(row: Exhibit) -> str:
    return f"exhibit {row.number}"


def _originals(row: Exhibit) -> Iterator[Original]:
    return iter(
        Original.objects.select_for_update().filter(pk__in=row.rows.values("original")).order_by("pk")
    )


def _put(row: Exhibit, places: Iterable[Place]) -> int:
    wanted: dict[str, set[int]] = {}
    for file, number in places:
        wanted.setdefault(file, set()).add(number)
    found = {one.ref: one for one in row.victim.originals.filter(ref__in=wanted, state=File.KEPT)}
    if found.keys() != wanted.keys():
        raise gate.NotFound(row.ref)
    new: list[ExhibitRow] = []
    for file, numbers in wanted.items():
        original = found[file]
        if Record.objects.filter(original=original, number__in=numbers).count() != len(numbers):
            raise gate.NotFound(row.ref)
        here = set(row.rows.filter(original=original).values_list("number", flat=True))
        new += [ExhibitRow(exhibit=row, original=original, number=one) for one in sorted(numbers - here)]
    if row.rows.exclude(number=FILE).count() + len(new) > MOST_ROWS:
        raise Refused(TOO_MANY)
    ExhibitRow.objects.bulk_create(new)
    return len(new)


def _text(one: ExhibitRow, box: Box) -> str:
    """The words of a row as they were read."""
    number, place = divmod(one.number, blocks.ROWS)
    sealed = one.original.blocks.get(number=number).sealed
    return blocks.opened(box, one.original, number, sealed)[place].text


def _copy(before: Exhibit, row: Exhibit, box: Box) -> None:
    ExhibitRow.objects.bulk_create(
        ExhibitRow(exhibit=row, original_id=one.original_id, number=one.number, whole=one.whole)
        for one in before.rows.order_by("pk")
    )
    for one in before.redactions.order_by("pk"):
        said, own = keeping.words(box, one), reference()
        row.redactions.create(
            ref=own,
            original_id=one.original_id,
            number=one.number,
            words=box.lock(field=keeping.WORDS, row=own, text=said) if said else b"",
            why=one.why,
            made_by=one.made_by,
            made_at=one.made_at,
            submission=f"after {one.ref}",
        )
    for reason in before.reasons.order_by("pk"):
        row.reasons.create(
            original_id=reason.original_id, conversation=reason.conversation, reason=reason.reason
        )
