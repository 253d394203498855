"""Everything about a course of conduct, written into one bag that proves itself whole."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import numpy as np

from desist_chronicle import bag, custody
from desist_chronicle.analysis.findings import Finding, Questions, findings
from desist_chronicle.analysis.orders import candidates
from desist_chronicle.chronology import heads, lines
from desist_chronicle.course import Course
from desist_chronicle.masking import Mask
from desist_chronicle.outputs import notes, tables
from desist_chronicle.outputs.candidates import candidate_pieces
from desist_chronicle.outputs.captions import naming
from desist_chronicle.outputs.case_file import write_case, write_timesketch
from desist_chronicle.outputs.cover import Case, Original, Piece, cover
from desist_chronicle.outputs.page import MOST_ON_PAGE, write_page
from desist_chronicle.outputs.pages import Frame
from desist_chronicle.outputs.papers import statement, write_exhibits
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.searching import search
from desist_chronicle.outputs.summary import summarise
from desist_chronicle.outputs.thing_pages import PICTURES, caption, thing_pieces
from desist_chronicle.outputs.volumes import MOST_ENTRIES, write_volumes


class FolderInUseError(Exception):
    """The destination folder of the bag already holds files."""


@dataclass(frozen=True)
class Packed:
    """The bag that was written, and its findings."""

    folder: Path
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    #: SHA-256 of the bag's tag manifest: a copy kept elsewhere shows whether a bag was made anew
    seal: str
    custody_head: str


@dataclass(frozen=True)
class Order:
    """The material of a bag, and its mask."""

    course: Course
    case: Case
    questions: Questions
    mask: Mask | None = None
    most_entries: int = MOST_ENTRIES
    #: whether a machine reads the words in pictures
    read_pictures: bool = False
    #: further papers of the person who prepares the report: name of the file -> its text; never in a masked edition
    papers: Mapping[str, str] = field(default_factory=dict)


def pack(*, order: Order, folder: Path, clock: Callable[[], datetime]) -> Packed:
    """Write the bag to `folder`, which must be absent or empty. `clock` gives the time of each custody event.

    All or nothing: it is written beside `folder` and moved there when it is whole. Raises FolderInUseError,
    and LeakError where a masked edition still holds what it should not.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUseError(f"{folder} already holds something. Name a new folder with --out.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".chronicle-") as beside:
        made = Path(beside) / "bag"
        (made / "data").mkdir(parents=True)
        work = _Work(order, made / "data", Path(beside) / "printed", clock)
        work.write()
        description = f"Course of conduct, {'masked' if order.mask else 'full'} edition"
        bag.close(folder=made, bagged_on=order.case.prepared_at.date(), description=description)
        if order.mask:
            search(folder=made, mask=order.mask)
        if folder.exists():
            folder.rmdir()
        shutil.move(made, folder)
    return Packed(
        folder=folder,
        files=tuple(sorted(path.name for path in (folder / "data").rglob("*") if path.is_file())),
        findings=tuple(work.findings),
        seal=bag.hash_file(folder / bag.TAG_MANIFEST),
        custody_head=work.chain[-1].link,
    )


class _Work:
    """One bag in the making."""

    def __init__(self, order: Order, data: Path, printed: Path, clock: Callable[[], datetime]) -> None:
        self._order, self._data, self._printed, self._clock = order, data, printed, clock
        course, mask = order.course, order.mask
        self.findings = findings(course=course, questions=order.questions)
        self.chain: list[custody.Link] = []
        if mask:
            mask.watch(_watched(course))
            mask.people(_others(course), known=course.identities.names[:2])
        self._named = naming(course=course, things=order.case.things)
        self._wording = Wording(
            course=course,
            exhibits={exhibit.name: exhibit.reference for exhibit in order.case.exhibits},
            mask=mask,
            in_force=_in_force(course, order.questions),
            things=_by_record(self._named),
        )
        self.summary = summarise(
            course=course,
            questions=order.questions,
            formats={exhibit.name: exhibit.format for exhibit in order.case.exhibits},
            say=self._wording.say,
            missing=() if mask else order.case.missing,
        )

    def write(self) -> None:
        """Write every file of the bag's payload."""
        for exhibit in self._order.case.exhibits:
            self._log("read", f"{exhibit.reference}, {exhibit.records:,} records", exhibit.sha256)
        self._log(
            "chose", f"{self._order.course.selection} {notes.scope_sentence(scope=self._order.course.scope)}"
        )
        self._volumes()
        self._tables()
        if not self._order.mask:
            self._exact()
        self._texts()

    def _volumes(self) -> None:
        order, say = self._order, self._wording.say
        course, case = order.course, order.case
        opening = self._opening()
        head = "" if order.mask else f"Custody log up to this volume {self.chain[-1].link[:16]}. "
        edition = "Masked edition: may reach the defendant. " if order.mask else ""
        frame = Frame(
            title=f"Course of conduct: {say(course.identities.names[0])}",
            footer=f"{edition}{head}{case.program}",
            subject="Chronology",
            at=case.prepared_at,
        )
        all_of_them = int(course.shown.sum()) <= order.most_entries
        drawn = write_volumes(
            folder=self._data,
            lines=lines(course=course) if all_of_them else heads(course=course),
            wording=self._wording,
            cover=opening,
            frame=frame,
        )
        for path in [*drawn, *sorted((self._data / PICTURES).glob("*"))]:
            self._wrote(path)
        self._page(opening, frame)

    def _opening(self) -> list[Piece]:
        """Return the opening pages; they write the pictures too."""
        order, say = self._order, self._wording.say
        course, case = order.course, order.case
        # the defendant need not learn what else there is
        unread = [] if order.mask else notes.not_read_sentences(not_read=case.not_read)
        return cover(
            subject=say(course.identities.names[0]),
            case=_told(case, course) if order.mask else case,
            selection=course.selection,
            summary=self.summary,
            candidates=candidate_pieces(course=course, questions=order.questions, wording=self._wording),
            things=thing_pieces(
                things=case.things,
                named=self._named,
                wording=self._wording,
                folder=self._data / PICTURES,
                printed=self._printed,
                read=order.read_pictures,
            ),
            findings=self._said(),
            unread=unread,
            remarks=self._remarks(),
            custody_head="" if order.mask else self.chain[-1].link,
            say=say,
        )

    def _page(self, opening: Sequence[Piece], frame: Frame) -> None:
        course = self._order.course
        on_page = int(course.shown.sum()) <= MOST_ON_PAGE
        with self._open("chronology.html") as to:
            write_page(
                to=to,
                title=frame.title,
                pieces=opening,
                lines=lines(course=course) if on_page else heads(course=course),
                wording=self._wording,
                footer=frame.footer if on_page else f"{frame.footer} Every entry is in chronology.csv.",
            )

    def _remarks(self) -> list[str]:
        """Return the remarks that stand before the findings."""
        order = self._order
        course = order.course
        remarks = [*map(self._wording.say, order.case.remarks)]
        remarks.append(self._wording.say(notes.scope_sentence(scope=course.scope)))
        if not course.identities.people.owner:
            remarks.append(notes.NO_OWNER)
        copies = int((~course.duplicates.kept).sum())
        if copies:
            remarks.append(f"{copies:,} records are further copies of a shown record from another source.")
        remarks += [self._wording.say(offset.sentence()) for offset in course.offsets]
        shown = int(course.shown.sum())
        if shown > order.most_entries:
            remarks.append(
                f"{shown:,} entries are more than the {order.most_entries:,} that are printed: these volumes hold "
                "the occasions, and the table chronology.csv holds every entry."
            )
        return remarks

    def _said(self) -> list[Finding]:
        say = self._wording.say
        return [Finding(say(finding.title), tuple(map(say, finding.sentences))) for finding in self.findings]

    def _tables(self) -> None:
        course = self._order.course
        with self._open("chronology.csv") as to:
            tables.write_chronology(course=course, wording=self._wording, to=to)
        with self._open("occasions.csv") as to:
            tables.write_occasions(course=course, to=to)

    def _exact(self) -> None:
        """Write what only the full edition holds."""
        course = self._order.course
        with self._open("records.jsonl") as to:
            tables.write_records(course=course, wording=self._wording, to=to)
        case = self._order.case
        captions = {
            one.reference: caption(one, self._named.get(one.reference, ()), self._wording)
            for one in case.things
        }
        with self._open("exhibits.csv") as to:
            write_exhibits(case=case, captions=captions, to=to)
        with self._open("statement-draft.txt") as to:
            subject = course.identities.names[0]
            to.write(
                statement(subject=subject, case=case, selection=course.selection, findings=self.findings)
            )
        with self._open("case.jsonld") as to:
            write_case(course=course, case=case, wording=self._wording, to=to)
        with self._open("timesketch.csv") as to:
            write_timesketch(course=course, wording=self._wording, to=to)
        for name, text in self._order.papers.items():
            with self._open(name) as to:
                to.write(text)
        with self._open("unused-material.csv") as to:
            tables.write_unused(unused=course.unused, to=to)
        if self._order.case.members:
            with self._open("archive-members.csv") as to:
                tables.write_members(members=self._order.case.members, to=to)
        for number, original in enumerate(self._order.case.originals, start=1):
            kept = self._data / _kept_as(number, original)
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(original.path, kept)
            self._wrote(kept)

    def _texts(self) -> None:
        order = self._order
        subject = self._wording.say(order.course.identities.names[0])
        with self._open("findings.txt") as to:
            for finding in self._said():
                to.write("\n".join([finding.title, *finding.sentences, "", ""]))
        with self._open("methods.txt") as to:
            to.write(notes.METHODS)
        if not order.mask:
            self._facts()
        last = ["README.txt", *([] if order.mask else ["custody.csv"])]
        files = sorted([*(path.name for path in self._data.rglob("*") if path.is_file()), *last])
        with self._open("README.txt") as to:
            text = notes.readme(
                subject=subject,
                case=order.case,
                course=order.course,
                files=files,
                masked=order.mask is not None,
            )
            to.write(self._wording.say(text))
        if not order.mask:
            (self._data / "custody.csv").write_text(custody.write(chain=self.chain), "utf-8", newline="")

    def _facts(self) -> None:
        """Return the inputs of the chronology, so that a reader can make it again."""
        course, case = self._order.course, self._order.case
        facts = {
            "program": case.program,
            "prepared_at": case.prepared_at.isoformat(),
            "options": case.options,
            "gap_hours": course.occasions.gap_hours,
            "people": {
                "subject": course.identities.people.subject,
                "owner": course.identities.people.owner,
                "third_parties": course.identities.people.third_parties,
                "region": course.identities.people.region,
            },
            "records": len(course.corpus),
            "shown": int(course.shown.sum()),
            "occasions": len(course.occasions),
            "exhibits": [asdict(exhibit) for exhibit in case.exhibits],
            "originals": [
                {
                    "path": _kept_as(number, original),
                    "name": original.path.name,
                    "sha256": original.sha256,
                    "digest": original.digest,
                }
                for number, original in enumerate(case.originals, start=1)
            ],
        }
        with self._open("report.json") as to:
            json.dump(facts, to, ensure_ascii=False, indent=1)

    @contextmanager
    def _open(self, name: str) -> Iterator[TextIO]:
        path = self._data / name
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as to:
            yield to
        self._wrote(path)

    def _wrote(self, path: Path) -> None:
        self._log("wrote", path.relative_to(self._data).as_posix(), bag.hash_file(path))

    def _log(self, action: str, what: str, digest: str = "") -> None:
        event = custody.Event(
            at=self._clock(), by=self._order.case.prepared_by, action=action, what=what, sha256=digest
        )
        self.chain = custody.bind(events=[event], after=self.chain)


def _told(case: Case, course: Course) -> Case:
    """Return the case without sources of which nothing is shown: the defendant must not learn that they exist."""
    shown = {
        course.corpus.sources[number] for number in np.unique(course.corpus.rows["source"][course.shown])
    }
    return replace(case, exhibits=tuple(exhibit for exhibit in case.exhibits if exhibit.name in shown))


def _kept_as(number: int, original: Original) -> str:
    """Return the path of an original in the payload, with a number, since two files may have one name."""
    return f"originals/{number:02d} {original.path.name}"


def _watched(course: Course) -> list[str]:
    """Return every handle in the sources that is not the subject's: a masked output may hold none of them."""
    return [handle for handle in [*course.corpus.handles, *course.identities.names[1:]] if handle]


def _others(course: Course) -> list[str]:
    """Return the names under which people other than the subject and the owner write."""
    numbers, handles = course.identities.sender, course.corpus.rows["sender"]
    written = np.unique(handles[numbers > 1])
    return [course.corpus.handles[number] for number in written.tolist()]


def _by_record(named: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """Return, for each record that names things, their references."""
    found: dict[int, list[str]] = {}
    for reference, records in named.items():
        for record in records:
            found.setdefault(record, []).append(reference)
    return {record: ", ".join(references) for record, references in found.items()}


def _in_force(course: Course, questions: Questions) -> dict[int, str]:
    """Return, for each record that is a candidate, the orders that it may breach."""
    named: dict[int, list[str]] = {}
    for one in questions.orders:
        for candidate in candidates(rows=course.corpus.rows, contacts=course.contacts, order=one):
            named.setdefault(candidate.record, []).append(one.name)
    return {record: ", ".join(names) for record, names in named.items()}
