"""Questions about files of a client, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.evidence import keeping, lines
from desist.advocacy.evidence.lines import Line
from desist.advocacy.evidence.media import picture_of, span
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.policy import Action
from desist.advocacy.evidence.states import AT_WORK, GONE, Came, Custody, State
from desist.advocacy.evidence.texts import Answers, Found
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.recordings import kind_of
from desist.referral import pictures
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 100
#: pieces of the largest picture that a page shows
SHOWN = 3
ERASED = "Erased"
#: the numbers of an export that was read, in the order of its page
COUNTED = (
    ("read", "Records read"),
    ("kept", "Kept"),
    ("twice", "Here already, from another file"),
    ("other", "Left out: of a conversation that was not chosen"),
    ("dates", "Left out: outside the chosen dates"),
    ("undated", "Left out: has no time, and dates were chosen"),
    ("headings", "Left out: headings of a table"),
)


@dataclass(frozen=True)
class Row:
    """One file of a client."""

    ref: str
    name: str
    came: str
    size: int
    done: int
    parts: int
    state: State
    label: str
    begun_by: str
    begun_at: datetime

    @property
    def at_work(self) -> bool:
        """Whether the worker is at it, or soon will be."""
        return self.state in AT_WORK

    @property
    def gone(self) -> bool:
        """Whether its bytes are removed, or soon will be."""
        return self.state in GONE

    @property
    def percent(self) -> int:
        """How much of it is here."""
        return 100 * self.done // self.parts


@dataclass(frozen=True)
class Act:
    """One line of the custody log."""

    at: datetime
    by: str
    action: str
    what: str
    link: str


@dataclass(frozen=True)
class FilePage:
    """One file with its custody log; `same_as` is an earlier file with the same bytes."""

    victim: victims.Page
    row: Row
    digest: str
    same_as: Row | None
    touched_at: datetime
    copies: int
    waits: str
    read: int
    found: Found
    answers: Answers
    counts: tuple[tuple[str, int], ...]
    log: tuple[Act, ...]
    log_is_whole: bool
    plays: bool
    is_picture: bool
    transcript: str


def files(*, actor: Actor, ref: str, at: datetime) -> tuple[victims.Page, tuple[Row, ...]]:
    """A client's files, the newest first; at most PAGE."""
    rows = gate.open(actor, Action.SEE_FILES, Victim, ref, at=at)
    box = vault.box_if_kept(person=ref)
    found = rows.get().originals.order_by("-begun_at", "-pk")[:PAGE]
    return victims.page_of(rows, actor=actor, at=at), tuple(_row(one, box) for one in found)


def file(*, actor: Actor, ref: str, at: datetime) -> FilePage:
    """One file."""
    return _file(gate.open(actor, Action.SEE_FILE, Original, ref, at=at), actor, at)


def choosing(*, actor: Actor, ref: str, at: datetime) -> FilePage:
    """One file, for an actor who answers its questions or corrects the answers."""
    return _file(gate.open(actor, Action.CHOOSE_OF_FILE, Original, ref, at=at), actor, at)


def _file(rows: QuerySet[Original], actor: Actor, at: datetime) -> FilePage:
    row = rows.select_related("victim", "same_as").get()
    box = vault.box_if_kept(person=row.victim.ref)
    head = _head(row, box)
    acts = list(row.custody.order_by("position"))
    names = accounts.names(refs={one.by for one in acts if one.by})
    return FilePage(
        victim=victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at),
        row=_row(row, box),
        digest=row.digest,
        same_as=_row(row.same_as, box) if row.same_as else None,
        touched_at=row.touched_at,
        copies=keeping.copies(row),
        waits=row.waits,
        read=row.read,
        found=keeping.found(box, row) if box else Found(),
        answers=keeping.answers(box, row) if box else Answers(),
        counts=tuple((words, row.counts[code]) for code, words in COUNTED if row.counts),
        log=tuple(
            Act(
                one.at,
                names.get(one.by, one.by) or "Desist",
                str(Custody(one.action).label),
                one.what,
                one.link,
            )
            for one in acts
        ),
        log_is_whole=keeping.log_is_whole(row),
        plays=bool(kind_of(head)),
        is_picture=bool(picture_of(head)) and keeping.parts(row) <= SHOWN,
        transcript=keeping.transcript(box, row)[1] if box else "",
    )


def content(*, actor: Actor, ref: str, part: int, at: datetime) -> tuple[str, bytes]:
    """The name and the bytes of one part of a copy."""
    row = gate.open(actor, Action.SAVE_FILE, Original, ref, at=at).select_related("victim").get()
    box = vault.box(person=row.victim.ref)
    ending = f".{part + 1:03d}" if keeping.copies(row) > 1 else ""
    return _name(row, box) + ending, b"".join(keeping.contents(box, row, copy=part))


@dataclass(frozen=True)
class Recording:
    """A recording that the page plays, and what is said in it by the newest version, 0 for none."""

    victim: victims.Page
    row: Row
    media: str
    words: str
    version: int
    written_by: str
    written_at: datetime | None


def recording(*, actor: Actor, ref: str, at: datetime) -> Recording:
    """A recording to play. Raises gate.NotFound where no browser plays the file."""
    row, box, media = _playable(actor, Action.WRITE_TRANSCRIPT, ref, at)
    last, words = keeping.transcript(box, row)
    return Recording(
        victim=victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at),
        row=_row(row, box),
        media=media,
        words=words,
        version=last.number if last else 0,
        written_by=accounts.name(ref=last.written_by) if last else "",
        written_at=last.written_at if last else None,
    )


@dataclass(frozen=True)
class Stretch:
    """Some bytes of a recording: from `first` on, at most to the end of a piece. `content` is empty where there are none."""

    media: str
    size: int
    first: int
    content: bytes


def stretch(*, actor: Actor, ref: str, asked: str, at: datetime) -> Stretch:
    """The bytes that a player asks for with a header `Range`, as many as one piece holds. Raises gate.NotFound."""
    row, box, media = _playable(actor, Action.PLAY_FILE, ref, at)
    wanted = span(asked, row.size)
    if wanted is None:
        return Stretch(media, row.size, 0, b"")
    number, start = divmod(wanted[0], keeping.PIECE)
    try:
        held = keeping.piece(box, row, number)
    except keeping.UNREADABLE:
        raise gate.NotFound(ref) from None
    return Stretch(media, row.size, wanted[0], held[start : start + wanted[1] - wanted[0]])


def _playable(actor: Actor, action: Action, ref: str, at: datetime) -> tuple[Original, Box, str]:
    row = gate.open(actor, action, Original, ref, at=at).select_related("victim").get()
    box = vault.box_if_kept(person=row.victim.ref)
    media = kind_of(_head(row, box))
    if box is None or not media:
        raise gate.NotFound(ref)
    return row, box, media


def picture(*, actor: Actor, ref: str, at: datetime) -> tuple[str, bytes]:
    """The media type of a picture and its bytes without the camera's data. Raises gate.NotFound where it is none, Refused."""
    row = gate.open(actor, Action.SEE_FILE, Original, ref, at=at).select_related("victim").get()
    box = vault.box_if_kept(person=row.victim.ref)
    kind = picture_of(_head(row, box))
    if box is None or not kind or keeping.parts(row) > SHOWN:
        raise gate.NotFound(ref)
    try:
        return kind, pictures.without_metadata(b"".join(keeping.contents(box, row)))
    except keeping.UNREADABLE:
        raise gate.NotFound(ref) from None


def _head(row: Original, box: Box | None) -> bytes:
    """The first bytes of a kept file in which no messages were read; none where it cannot be opened."""
    if box is None or row.state != State.KEPT or row.counts:
        return b""
    try:
        return keeping.piece(box, row, 0)[:16]
    except keeping.UNREADABLE:
        return b""


def transcripts(victim: Victim, box: Box) -> Iterator[str]:
    """Yield what was written down of a client's recordings, one by one."""
    for row in victim.originals.filter(transcripts__number=1):
        yield keeping.transcript(box, row)[1]


@dataclass(frozen=True)
class Source:
    """One record with the place in the file from which it was read."""

    victim: victims.Page
    line: Line
    direction: str
    line_number: int
    bytes: tuple[int, int]
    file: str
    digest: str
    zone: str
    program: str


def record(*, actor: Actor, ref: str, number: int, at: datetime) -> Source:
    """One record of an export. Raises gate.NotFound where it has none of this number."""
    row = gate.open(actor, Action.SEE_FILE, Original, ref, at=at).select_related("victim").get()
    opened = lines.files(row.victim, vault.box_if_kept(person=row.victim.ref))
    found = row.records.filter(number=number).first()
    if found is None or row.pk not in opened:
        raise gate.NotFound(ref)
    file = opened[row.pk]
    return Source(
        victim=victims.page_of(Victim.objects.filter(pk=row.victim_id), actor=actor, at=at),
        line=lines.lines(opened, [found])[0],
        direction=found.direction,
        line_number=found.line,
        bytes=(found.byte_start, found.byte_end),
        file=_name(row, file.box),
        digest=row.digest,
        zone=file.answers.zone,
        program=file.found.program,
    )


def _row(row: Original, box: Box | None) -> Row:
    return Row(
        ref=row.ref,
        name=_name(row, box),
        came=str(Came(row.came).label),
        size=row.size,
        done=row.done,
        parts=keeping.parts(row),
        state=State(row.state),
        label=str(State(row.state).label),
        begun_by=accounts.name(ref=row.begun_by),
        begun_at=row.begun_at,
    )


def _name(row: Original, box: Box | None) -> str:
    return keeping.name(box, row) if box else ERASED
