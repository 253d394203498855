"""The worker's part in exhibits: it makes the archive of a finished one in memory, proves it, and keeps it.

The library draws everything (desist_chronicle.outputs.package). It is given the rows as the exhibit shows them, so what is
left out of a row is in nothing that it writes. A worker that is killed leaves nothing, and the next one begins anew.
"""

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from desist.accounts import queries as accounts
from desist.advocacy.evidence import blocks, lines, scratch
from desist.advocacy.evidence import commands as evidence
from desist.advocacy.evidence import keeping as files
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Came
from desist.advocacy.evidence.states import State as File
from desist.advocacy.exhibits import commands, keeping, queries
from desist.advocacy.exhibits.keeping import FILE, Redactions
from desist.advocacy.exhibits.models import Exhibit, ExhibitRow
from desist.advocacy.exhibits.states import Unused
from desist.advocacy.vault.cipher import Box
from desist.ui import dates
from desist_chronicle import custody, sources
from desist_chronicle.analysis.findings import Questions
from desist_chronicle.bag import hash_file
from desist_chronicle.corpus import Corpus
from desist_chronicle.course import Course, chart
from desist_chronicle.looks import look_of
from desist_chronicle.masking import Mask, Masks, leaks
from desist_chronicle.outputs import cover
from desist_chronicle.outputs.package import Order, pack
from desist_chronicle.outputs.searching import readable
from desist_chronicle.people import People, UnknownPersonError
from desist_chronicle.records import Record
from desist_chronicle.scope import Scope, selection_sentence
from desist_chronicle.scope import Unused as Left
from desist_chronicle.things import Thing

#: room in memory for what is drawn, beside the files that are on the exhibit: as they are, in the bag, in the archive
BESIDE = 256 << 20
#: files between two notes of how far the making is, and the steps after the files
NOTE, AFTER = 25, 4
NOBODY = "the person who stalks the client"
BOTH_SIDES = (
    "It was not made: the same name is the client in one file and the person who stalks them in another. Correct who is "
    "who in the files, then finish the exhibit again"
)
STILL_THERE = (
    "It was not made: words that are left out still stand in it, in {where}. They may be in a name, a time, the caption or "
    "the statement, or be words that every exhibit holds. Leave out the whole row, or choose more words around them"
)
REMOVED = (
    "It was not made: a file on it was removed. Take off what stands under “Removed”, then finish it again"
)
SPOILT = "It was not made: a file on it cannot be opened. Tell your administrator, or take it off"
#: folders of a bag that hold no words of ours
PICTURES = frozenset({"pictures", "originals"})


class NotMade(Exception):
    """The exhibit cannot be made as it stands; the sentence says why, without words of the client."""


def work(*, at: datetime) -> None:
    """Make every exhibit that waits for it."""
    with evidence.one_worker():
        scratch.sweep()
        commands.sweep(at=at)
        for row, box in commands.waiting(at=at):
            try:
                _make(row, box, at)
            except scratch.NoRoom as reason:
                commands.wait(row.ref, why=str(reason), at=at)
            except NotMade as reason:
                commands.reopen(row.ref, why=str(reason), at=at)
            except files.UNREADABLE:
                commands.reopen(row.ref, why=SPOILT, at=at)


def _make(row: Exhibit, box: Box, at: datetime) -> None:
    whole = list(row.rows.filter(number=FILE).select_related("original").order_by("original__begun_at", "pk"))
    if row.rows.exclude(original__state=File.KEPT).exists():
        raise NotMade(REMOVED)
    size = sum(one.original.size for one in whole)
    steps = AFTER + len(whole) // NOTE
    with scratch.folder(size=3 * size + BESIDE) as folder:
        commands.note(row.ref, done=0, steps=steps, at=at)
        work = _Making(row, box, folder, at)
        work.files(whole, steps)
        course = work.course()
        commands.note(row.ref, done=steps - 3, steps=steps, at=at)
        bag = folder / queries.plain(row.number)
        pack(order=work.order(course), folder=bag, clock=lambda: at)
        commands.note(row.ref, done=steps - 2, steps=steps, at=at)
        _prove(bag, work.left)
        commands.note(row.ref, done=steps - 1, steps=steps, at=at)
        made = folder / "made.zip"
        _zip(bag, made, row.closed_at or at)
        commands.made(
            row.ref,
            box=box,
            pieces=_pieces(made),
            digest=hash_file(made),
            size=made.stat().st_size,
            at=at,
        )


@dataclass(frozen=True)
class _Source:
    """The rows of one conversation of an export that are on the exhibit."""

    name: str
    original: Original
    records: int
    digest: str


class _Making:
    """One exhibit in the making."""

    def __init__(self, row: Exhibit, box: Box, folder: Path, at: datetime) -> None:
        self._row, self._box, self._folder, self._at = row, box, folder, at
        self.left: Redactions = keeping.redactions(box, row)
        self._opened = lines.files(row.victim, box)
        self._sources: list[_Source] = []
        self._things: list[Thing] = []
        self._originals: list[cover.Original] = []
        self._used: dict[int, Original] = {}
        self._papers: dict[str, str] = {}

    def files(self, whole: list[ExhibitRow], steps: int) -> None:
        """Write the whole files into memory, where the library finds them."""
        place = self._folder / "files"
        place.mkdir()
        for number, one in enumerate(whole, start=1):
            if number % NOTE == 0:
                commands.note(self._row.ref, done=number // NOTE, steps=steps, at=self._at)
            self._used[one.original_id] = one.original
            self._file(place, number, one)

    def course(self) -> Course:
        """The rows as the exhibit shows them, charted."""
        corpus, people = Corpus(), {"person": set[str](), "client": set[str]()}
        for pk, file in self._opened.items():
            only = set(
                self._row.rows.filter(original=pk).exclude(number=FILE).values_list("number", flat=True)
            )
            if not only:
                continue
            self._used[pk] = file.row
            for side in people:
                people[side] |= {self.left.say(file.found.names[one]) for one in getattr(file.answers, side)}
            self._rows(corpus, file, only)
        subject = tuple(sorted(filter(None, people["person"]))) or (NOBODY,)
        sides = People(subject=subject, owner=tuple(sorted(filter(None, people["client"]))))
        try:
            course = chart(
                corpus=corpus,
                people=sides,
                scope=Scope(one_by_one=True),
                today=dates.day_of(self._at),
            )
        except UnknownPersonError:
            raise NotMade(BOTH_SIDES) from None
        return replace(course, selection=self._selection(course), unused=tuple(self._unused()))

    def order(self, course: Course) -> Order:
        """What the library packs."""
        row, say = self._row, self.left.say
        caption = keeping.caption(self._box, row)
        by = accounts.name(ref=row.begun_by)
        listed = tuple(self._listed(number, one) for number, one in enumerate(self._sources, start=1))
        zones = {file.answers.zone for pk, file in self._opened.items() if pk in self._used}
        case = cover.Case(
            prepared_by=by,
            prepared_at=(row.closed_at or self._at).astimezone(ZoneInfo("Europe/London")),
            zone=", ".join(sorted(zones)) or "Europe/London",
            exhibits=listed,
            program=f"Desist {version('desist-chronicle')}",
            options={},
            originals=tuple(self._originals),
            things=tuple(
                replace(one, reference=f"{row.number}/{number}")
                for number, one in enumerate(self._things, start=len(listed) + 1)
            ),
            remarks=tuple(map(say, self._remarks(caption, by))),
        )
        papers = {
            "statement.txt": f"Exhibit {row.number}: {caption}\n\n{keeping.statement(self._box, row)}\n"
        }
        papers |= self._papers
        for number, original in enumerate(self._used.values(), start=1):
            papers[f"custody-of-file-{number:02d}.csv"] = _custody(original)
        return Order(course=course, case=case, questions=Questions(), papers=papers)

    def _file(self, place: Path, number: int, one: ExhibitRow) -> None:
        original = one.original
        name = self.left.say(files.name(self._box, original))
        ending = "".join(sign for sign in Path(name).suffix[1:6] if sign.isascii() and sign.isalnum())
        path = place / f"{queries.plain(self._row.number)}-file-{number:02d}{f'.{ending}' if ending else ''}"
        with path.open("xb") as file:
            for content in files.contents(self._box, original):
                file.write(content)
        with path.open("rb") as file:
            looks = look_of(head=file.read(sources.HEAD_BYTES), name=name).words
        source = sources.of_file(path, name=name)
        said, by = self._said(number, one)
        self._things.append(Thing("", name, looks, original.size, original.digest, source, said, by))
        if one.whole:
            self._originals.append(cover.Original(path, original.digest, sha256(b"").hexdigest()))

    def _said(self, number: int, one: ExhibitRow) -> tuple[str, str]:
        """The transcript of a recording as the exhibit shows it, and who wrote it down; nothing where none goes with it."""
        until = self._row.closed_at or self._at
        written, words = files.transcript(self._box, one.original, until=until) if one.said else (None, "")
        if written is None:
            return "", ""
        name, on = accounts.name(ref=written.written_by), dates.on(dates.day_of(written.written_at))
        by, said = f"Written down by {name} on {on}, version {written.number}.", self.left.say(words)
        self._papers[f"transcript-of-file-{number:02d}.txt"] = f"{by}\n\n{said}\n"
        return said, by

    def _rows(self, corpus: Corpus, file: lines.File, only: Collection[int]) -> None:
        hashes: dict[str, list[str]] = {}
        for record in blocks.records(self._box, file.row, file.found.names, only=only):
            shown = self._shown(file, record)
            hashes.setdefault(shown.source, []).append(f"{shown.seq} {shown.text}")
            corpus.add(shown)
        for name, texts in hashes.items():
            digest = sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
            self._sources.append(_Source(name, file.row, len(texts), digest))

    def _shown(self, file: lines.File, record: Record) -> Record:
        """A record as the exhibit shows it; its source is named as a person knows it."""
        say, place = self.left.say, int(record.source.rpartition(" ")[2])
        named = str(file.found.conversations[place][0])
        return record._replace(
            source=f"{say(named)} (conversation {place + 1} of file {self._number(file.row)})",
            sender=say(record.sender),
            text=self.left.row(file.row.pk, record.seq, record.text),
            sent_found=say(record.sent_found),
        )

    def _number(self, original: Original) -> int:
        """The place of a file among those on the exhibit, as its custody log is named."""
        return list(self._used).index(original.pk) + 1

    def _listed(self, number: int, one: _Source) -> cover.Exhibit:
        original = one.original
        came = f"How it came: {Came(original.came).label}, on {dates.on(dates.day_of(original.begun_at))}."
        formats = self._opened[original.pk].found.formats
        return cover.Exhibit(
            reference=f"{self._row.number}/{number}",
            name=one.name,
            sha256=original.digest,
            size=original.size,
            records=one.records,
            digest=one.digest,
            remarks=(came,),
            format=formats[0] if formats else "",
        )

    def _remarks(self, caption: str, by: str) -> Iterator[str]:
        row = self._row
        yield f"Exhibit {row.number}: {caption}"
        yield f"Produced by {by}. What they say of it is in statement.txt."
        if row.before:
            yield f"This is a new version of exhibit {row.before.number}, which stays as it was made."
        if self.left.rows or self.left.words:
            count = row.redactions.count()
            left = "1 redaction was" if count == 1 else f"{count:,} redactions were"
            yield f"{left} made. Each stands in its place with its reason; words are left out wherever they stand."
        yield "The custody log of each file names who acted; its hashes are those of this copy."
        yield "The schedule of what is kept and not on this exhibit is unused-material.csv."

    def _selection(self, course: Course) -> str:
        kept = sum((file.row.counts or {}).get("kept", 0) for file in self._opened.values())
        return selection_sentence(
            shown=len(course.corpus),
            total=kept,
            from_subject=int(course.contacts.attempted.sum()),
            to_subject=int(course.contacts.answered.sum()),
            answers=self._answers(),
        )

    def _answers(self) -> int:
        """How many records of the client the files on the exhibit hold."""
        sides = lines.of_side({pk: one for pk, one in self._opened.items() if pk in self._used}, lines.CLIENT)
        return self._row.victim.records.filter(sides).count()

    def _unused(self) -> Iterator[Left]:
        for one in queries.unused(self._row, self._box):
            why = str(Unused(one.reason).label) if one.reason else "no reason was given"
            first, last = (at and dates.day_of(at) for at in (one.first, one.last))
            what = "A file" if one.conversation == FILE else "Messages"
            yield Left(self.left.say(one.name), why, one.records, first, last, what)


def _custody(original: Original) -> str:
    """The custody log of a file as it goes with an exhibit: with names for our accounts, which no other site may know.

    The same acts are bound anew, because each hash covers who acted.
    """
    links = files.links(original)
    names = accounts.names(refs={one.by for one in links if one.by})
    events = [
        custody.Event(
            at=datetime.fromisoformat(one.at),
            by=names.get(one.by, "a colleague") if one.by else "",
            action=one.action,
            what=one.what,
            sha256=one.sha256,
        )
        for one in links
    ]
    return custody.write(chain=custody.bind(events=events))


def _prove(bag: Path, left: Redactions) -> None:
    """Read every file back for words that are left out. Raises NotMade."""
    mask = Mask(Masks(terms=tuple(left.words)))
    for path in sorted(bag.rglob("*")) if left.words else ():
        inside = path.is_file() and not PICTURES & set(path.relative_to(bag).parts)
        if inside and leaks(mask=mask, output=readable(path)):
            raise NotMade(STILL_THERE.format(where=path.name))


def _zip(bag: Path, to: Path, at: datetime) -> None:
    """Pack the bag; pictures and sound are packed already."""
    stamp = at.timetuple()[:6]
    with zipfile.ZipFile(to, "x") as archive:
        for path in sorted(one for one in bag.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(bag.parent).as_posix(), stamp)
            inside = PICTURES & set(path.relative_to(bag).parts)
            entry.compress_type = zipfile.ZIP_STORED if inside else zipfile.ZIP_DEFLATED
            with path.open("rb") as file, archive.open(entry, "w") as written:
                while piece := file.read(keeping.PIECE):
                    written.write(piece)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(keeping.PIECE):
            yield piece
