"""Questions about exhibits, each with a frozen answer."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.evidence import keeping as files
from desist.advocacy.evidence import lines
from desist.advocacy.evidence.lines import Line
from desist.advocacy.evidence.models import Original, Record, Transcript
from desist.advocacy.evidence.states import HERE
from desist.advocacy.evidence.states import State as File
from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.archive import Archive, Member, members, offered
from desist.advocacy.exhibits.keeping import FILE, pieces
from desist.advocacy.exhibits.models import Exhibit, ExhibitRow
from desist.advocacy.exhibits.policy import Action
from desist.advocacy.exhibits.states import State, Why
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.tables import Cursor, Paging
from desist.wall import gate
from desist.wall.actors import Actor

__all__ = ["pieces"]
PAGE = 50
SPOILT = "Nothing was saved: the archive cannot be opened. It was changed, or a key is missing. Tell your administrator"
#: pieces of a part of a copy: a web process holds the whole answer in memory
COPY = 16
ERASED = "Erased"


@dataclass(frozen=True)
class Row:
    """One exhibit of a client."""

    ref: str
    number: str
    caption: str
    state: State
    label: str
    rows: int
    files: int
    begun_by: str
    begun_at: datetime


@dataclass(frozen=True)
class RowLine:
    """A record that is on an exhibit, with the text that the exhibit shows; `leads` warns of a locator of the client."""

    line: Line
    text: str
    redacted: bool
    leads: bool


@dataclass(frozen=True)
class FileLine:
    """A whole file of a client, or rows of an export that cannot be shown now (`size` is 0): on an exhibit or not."""

    ref: str
    name: str
    size: int
    on_day: date
    on: bool
    whole: bool
    written: bool  # there is a transcript
    said: bool  # its transcript is on the exhibit
    removed: bool
    locking: bool


@dataclass(frozen=True)
class RedactionLine:
    """A redaction; `words` is empty where the whole row is left out."""

    ref: str
    file: str
    number: int
    words: str
    why: str
    by: str


@dataclass(frozen=True)
class Unused:
    """What is kept of a client and not on an exhibit: rows of a conversation, or a file (`conversation` is FILE)."""

    file: str
    conversation: int
    name: str
    records: int
    first: datetime | None
    last: datetime | None
    reason: str


@dataclass(frozen=True)
class ExhibitPage:
    """One exhibit with what stands on it."""

    victim: victims.Page
    row: Row
    statement: str
    version: int
    before: Row | None
    later: Row | None
    waits: str
    done: int
    steps: int
    digest: str
    size: int
    copies: int
    closed_by: str
    closed_at: datetime | None
    lines: tuple[RowLine, ...]
    paging: Paging
    files: tuple[FileLine, ...]
    redactions: tuple[RedactionLine, ...]
    members: tuple[Member, ...]

    @property
    def is_open(self) -> bool:
        """Whether something on it can change."""
        return self.row.state == State.OPEN


def exhibits(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[Row, ...], str, str]:
    """A client's exhibits, the newest first; and the initials and the statement that a new one begins with."""
    rows = gate.open(actor, Action.SEE_EXHIBITS, Victim, ref, at=at)
    box, name = vault.box_if_kept(person=ref), accounts.name(ref=actor.who)
    found = rows.get().exhibits.order_by("-begun_at", "-pk")
    return (
        victims.page_of(rows, actor=actor, at=at),
        tuple(_row(one, box) for one in found),
        *_proposed(name),
    )


def open_ones(*, victim: Victim, box: Box | None) -> tuple[Row, ...]:
    """The exhibits of a client, whom the gate let through, on which more can be put."""
    return tuple(_row(one, box) for one in victim.exhibits.filter(state=State.OPEN).order_by("-begun_at"))


def proposed(*, actor: Actor) -> tuple[str, str]:
    """The initials and the statement that a new exhibit begins with."""
    return _proposed(accounts.name(ref=actor.who))


def exhibit(*, actor: Actor, ref: str, cursor: Cursor, at: datetime) -> ExhibitPage:
    """One exhibit, with a page of its rows."""
    return _page(_open(Action.SEE_EXHIBIT, actor, ref, at), actor, cursor, at)


def changing(*, actor: Actor, ref: str, at: datetime) -> ExhibitPage:
    """One exhibit without its rows, for an actor who changes what stands on it."""
    return _page(_open(Action.CHANGE_EXHIBIT, actor, ref, at), actor, None, at)


def finishing(*, actor: Actor, ref: str, at: datetime) -> ExhibitPage:
    """One exhibit without its rows, for an actor who finishes it."""
    return _page(_open(Action.FINISH_EXHIBIT, actor, ref, at), actor, None, at)


def _open(action: Action, actor: Actor, ref: str, at: datetime) -> Exhibit:
    return gate.open(actor, action, Exhibit, ref, at=at).select_related("victim", "before").get()


def row_of(
    *, actor: Actor, ref: str, file: str, number: int, at: datetime
) -> tuple[ExhibitPage, RowLine, tuple[RedactionLine, ...]]:
    """One row on an exhibit, with what is left out of it. Raises gate.NotFound where it is not on it."""
    row = _open(Action.CHANGE_EXHIBIT, actor, ref, at)
    page, box = _page(row, actor, None, at), vault.box_if_kept(person=row.victim.ref)
    found = _records(row).filter(original__ref=file, number=number)
    shown = _lines(row, box, list(found))
    if not shown:
        raise gate.NotFound(ref)
    return page, shown[0], tuple(one for one in page.redactions if (one.file, one.number) == (file, number))


def unused_of(*, actor: Actor, ref: str, at: datetime) -> tuple[ExhibitPage, tuple[Unused, ...]]:
    """What is kept of the client and not on an exhibit, for an actor who says why."""
    row = _open(Action.CHANGE_EXHIBIT, actor, ref, at)
    page = _page(row, actor, None, at)
    return page, tuple(unused(row, vault.box_if_kept(person=row.victim.ref)))


def unused(row: Exhibit, box: Box | None) -> Iterator[Unused]:
    """What is kept of the client and not on an exhibit that the gate let through, by file and conversation."""
    said = {(one.original_id, one.conversation): str(one.reason) for one in row.reasons.all()}
    on = ExhibitRow.objects.filter(exhibit=row, original=OuterRef("original"), number=OuterRef("number"))
    for pk, file in lines.files(row.victim, box).items():
        left = Record.objects.filter(~Exists(on), original=pk).values("conversation")
        counted = left.annotate(records=Count("pk"), first=Min("at"), last=Max("at"))
        for one in counted.order_by("conversation"):
            name = str(file.found.conversations[one["conversation"]][0])
            code = said.get((pk, one["conversation"]), "")
            yield Unused(
                file.row.ref, one["conversation"], name, one["records"], one["first"], one["last"], code
            )
    if box is None:
        return
    here = row.rows.filter(number=FILE).values("original")
    for other in _plain_files(row.victim).exclude(pk__in=here):
        code = said.get((other.pk, FILE), "")
        yield Unused(other.ref, FILE, files.name(box, other), 1, other.begun_at, other.begun_at, code)


def content(*, actor: Actor, ref: str, what: str, part: int, at: datetime) -> tuple[str, bytes]:
    """The neutral name and the bytes of one part of an archive or, by its code, of one file in it.

    Raises gate.NotFound for a part or a file that it does not have, and for an exhibit that is not made; Refused where it
    cannot be opened.
    """
    row = gate.open(actor, Action.SAVE_EXHIBIT, Exhibit, ref, at=at).select_related("victim").get()
    box = vault.box(person=row.victim.ref)
    if row.state != State.MADE:
        raise gate.NotFound(ref)
    try:
        return _content(row, box, what, part)
    except keeping.UNREADABLE:
        raise Refused(SPOILT) from None


def _content(row: Exhibit, box: Box, what: str, part: int) -> tuple[str, bytes]:
    name = plain(row.number)
    if not what:
        numbers = range(keeping.parts(row))[part * COPY : (part + 1) * COPY]
        if not numbers:
            raise gate.NotFound(row.ref)
        ending = f".{part + 1:03d}" if copies(row) > 1 else ""
        joined = b"".join(keeping.open_piece(box, row, number) for number in numbers)
        return f"{name}.zip{ending}", joined
    with zipfile.ZipFile(Archive(row, box)) as archive:
        for code, member in members(archive):
            if code == what:
                return f"{name}-{code}", archive.read(member)
    raise gate.NotFound(row.ref)


def copies(row: Exhibit) -> int:
    """The number of parts in which an archive is saved."""
    return -(-keeping.parts(row) // COPY)


def plain(number: str) -> str:
    """An exhibit's number in the name of a file."""
    return number.replace("/", "-")


def _proposed(name: str) -> tuple[str, str]:
    initials = "".join(word[0] for word in name.split() if word[0].isalpha())[:3].upper()
    return initials, (
        f"I am {name}. I produce this exhibit. It was made by Desist from files that our client gave to this service; it "
        "lists each file with its hash."
    )


def _page(row: Exhibit, actor: Actor, cursor: Cursor | None, at: datetime) -> ExhibitPage:
    """The page of an exhibit; without a `cursor` its rows are not read."""
    box = vault.box_if_kept(person=row.victim.ref)
    start = int(cursor.after) if cursor and cursor.after.isdecimal() and len(cursor.after) < 6 else 0
    found = list(_records(row).order_by("at", "pk")[start : start + PAGE + 1]) if cursor else []
    shown = _lines(row, box, found[:PAGE]) if cursor else []
    before = str(max(start - PAGE, 0)) if start else ""
    later = Exhibit.objects.filter(before=row).first()
    return ExhibitPage(
        victim=victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at),
        row=_row(row, box),
        statement=keeping.statement(box, row) if box else ERASED,
        version=row.version,
        before=_row(row.before, box) if row.before else None,
        later=_row(later, box) if later else None,
        waits=row.waits,
        done=row.done,
        steps=row.steps,
        digest=row.digest,
        size=row.size,
        copies=copies(row),
        closed_by=accounts.name(ref=row.closed_by) if row.closed_by else "",
        closed_at=row.closed_at,
        lines=tuple(shown),
        paging=Paging(len(shown), previous=before, next=str(start + PAGE) if len(found) > PAGE else ""),
        files=tuple(_files(row, box)),
        redactions=tuple(_redactions(row, box)),
        members=tuple(offered(row, box)),
    )


def _records(row: Exhibit) -> QuerySet[Record]:
    """The kept records that are on an exhibit."""
    on = ExhibitRow.objects.filter(exhibit=row, original=OuterRef("original"), number=OuterRef("number"))
    return Record.objects.filter(Exists(on), victim=row.victim_id)


def _lines(row: Exhibit, box: Box | None, records: list[Record]) -> list[RowLine]:
    opened = lines.files(row.victim, box)
    if box is None:
        return []
    left = keeping.redactions(box, row)
    here = [one for one in records if one.original_id in opened]
    told = lines.lines(opened, here)
    texts = [left.row(one.original_id, one.number, said.text) for one, said in zip(here, told, strict=True)]
    some_lead = _leads(row.victim, texts, box)
    return [
        RowLine(one, text, text != one.text, leads=some_lead and _leads(row.victim, [text], box))
        for one, text in zip(told, texts, strict=True)
    ]


def _leads(victim: Victim, texts: list[str], box: Box) -> bool:
    try:
        vault.compare(victim=victim, texts=texts, of=box)
    except HoldsLocator:
        return True
    return False


def _plain_files(victim: Victim) -> QuerySet[Original]:
    """The files of a client of which no records are kept: pictures, recordings, documents."""
    return victim.originals.filter(state__in=HERE, counts__isnull=True).order_by("-begun_at", "-pk")


def _written(original: str) -> Exists:
    return Exists(Transcript.objects.filter(original=OuterRef(original)))


def _files(row: Exhibit, box: Box | None) -> Iterator[FileLine]:
    rows = row.rows.filter(number=FILE).select_related("original").annotate(written=_written("original"))
    here = {one.original_id: one for one in rows}
    kept = {one.pk: one for one in _plain_files(row.victim).annotate(written=_written("pk"))}
    every = {**kept, **{pk: one.original for pk, one in here.items()}}
    for pk, original in every.items():
        on = here.get(pk)
        yield FileLine(
            ref=original.ref,
            name=files.name(box, original) if box else ERASED,
            size=original.size,
            on_day=dates.day_of(original.begun_at),
            on=on is not None,
            whole=on is not None and on.whole,
            written=on.written if on is not None else kept[pk].written,
            said=on is not None and on.said,
            removed=pk not in kept,
            locking=original.state == File.LOCKING,
        )
    gone = row.rows.exclude(number=FILE).exclude(original__state=File.KEPT)
    for ref, state, count in gone.values_list("original__ref", "original__state").annotate(count=Count("pk")):
        yield FileLine(
            ref=ref,
            name=f"{count:,} rows of an export",
            size=0,
            on_day=dates.day_of(row.begun_at),
            on=True,
            whole=False,
            written=False,
            said=False,
            removed=state != File.LOCKING,
            locking=state == File.LOCKING,
        )


def _redactions(row: Exhibit, box: Box | None) -> Iterator[RedactionLine]:
    for one in row.redactions.select_related("original").order_by("pk"):
        yield RedactionLine(
            ref=one.ref,
            file=one.original.ref,
            number=one.number,
            words=keeping.words(box, one) if box else ERASED,
            why=str(Why(one.why).label),
            by=accounts.name(ref=one.made_by),
        )


def _row(row: Exhibit, box: Box | None) -> Row:
    files = Count("pk", filter=Q(number=FILE))
    counted = row.rows.aggregate(files=files, rows=Count("pk") - files)
    return Row(
        ref=row.ref,
        number=row.number,
        caption=keeping.caption(box, row) if box else ERASED,
        state=State(row.state),
        label=str(State(row.state).label),
        rows=counted["rows"],
        files=counted["files"],
        begun_by=accounts.name(ref=row.begun_by),
        begun_at=row.begun_at,
    )
