"""The opening of a volume before its first row: whose course of conduct, from which sources, found how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desist_chronicle.analysis.findings import Finding
from desist_chronicle.outputs.charts import Chart
from desist_chronicle.outputs.summary import Summary
from desist_chronicle.things import Thing


@dataclass(frozen=True)
class Exhibit:
    """One source as it was received."""

    reference: str
    name: str
    sha256: str
    size: int
    records: int
    #: digest over its records, equal whenever the same source is read again
    digest: str
    #: the reading's remarks about it: warnings, unread lines, assumed zone
    remarks: tuple[str, ...] = ()
    #: the kind of source, which is its channel in the pictures; "" where it has none
    format: str = ""


@dataclass(frozen=True)
class Original:
    """A file as it was received; one file may hold several sources."""

    path: Path
    sha256: str
    #: over the records of all sources in it
    digest: str


@dataclass(frozen=True)
class Case:
    """A person's statements about the report. Times are passed in: nothing here reads a clock."""

    prepared_by: str
    prepared_at: datetime
    zone: str
    exhibits: tuple[Exhibit, ...]
    program: str
    #: the options of the readers, repeated on the cover
    options: Mapping[str, object]
    #: the files themselves, where they were asked for
    originals: tuple[Original, ...] = ()
    #: files that may hold messages and were not read, each with what it looks like
    not_read: tuple[str, ...] = ()
    #: every file in an archive, what it looks like, and whether it was read
    members: tuple[tuple[str, ...], ...] = ()
    #: what messages and calls lack in the sources, and how many of them
    missing: tuple[tuple[str, int], ...] = ()
    #: photographs, recordings and documents
    things: tuple[Thing, ...] = ()
    #: what the person who prepared the report says of it
    remarks: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[tuple[str, str, int, str], ...]:
        """Reference, name, size and hash of every exhibit: sources first, then photographs, recordings, documents."""
        sources = tuple((one.reference, one.name, one.size, one.sha256) for one in self.exhibits)
        return sources + tuple((one.reference, one.name, one.size, one.sha256) for one in self.things)


@dataclass(frozen=True)
class Paragraph:
    """A piece of running text; a heading is set larger."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and values, set side by side."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """A small table: its headings, the shares of the width that its columns have, and its rows."""

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A thing as it is shown: its picture, as small as it is printed, where one could be made, and what is said of it."""

    file: Path | None
    caption: str


@dataclass(frozen=True)
class Pictures:
    """Pictures in rows."""

    shown: tuple[Picture, ...]


#: what stands before the first row
Piece = Paragraph | Facts | Listing | Chart | Pictures


_READING = (
    "Times are by the wall clock of the zone stated above, as fine as the source states them and no finer. "
    "An occasion is a run of contacts from the subject with no longer gap than stated. “From” and “to” show the "
    "name given to a person and, where it differs, the name in the source. Text is verbatim; a character that no "
    "font here has is shown by its code in angle marks, and the table beside this volume holds it exactly. "
    "Nothing here scores a threat or reads a mood. A candidate is for a person to confirm."
)


def cover(
    *,
    subject: str,
    case: Case,
    selection: str,
    summary: Summary,
    candidates: Sequence[Piece],
    things: Sequence[Piece],
    findings: Sequence[Finding],
    unread: Sequence[str],
    remarks: Sequence[str],
    custody_head: str,
    say: Callable[[str], str],
) -> list[Piece]:
    """Return the opening pages of a volume: page one says what there is, and the pictures follow.

    `say` masks text of people and sources; hashes stay as they are.
    """
    text: list[Piece] = [
        Paragraph(f"Course of conduct: {subject}", heading=True),
        *(Paragraph(sentence) for sentence in (*unread, selection)),
        Facts(summary.facts),
        *summary.charts,
        *candidates,
        *things,
        Paragraph("About this report", heading=True),
        *(Paragraph(remark) for remark in remarks),
        Paragraph(
            f"Prepared {case.prepared_at:%d %b %Y %H:%M %Z} by {say(case.prepared_by)} with {case.program}."
        ),
        Paragraph(f"Time zone of the sources, as stated by the person who prepared this: {case.zone}."),
    ]
    if custody_head:
        text.append(Paragraph(f"Custody log up to this volume: {custody_head}"))
    text += _sources(case, say)
    for finding in findings:
        text.append(Paragraph(finding.title, heading=True))
        text.extend(Paragraph(sentence) for sentence in finding.sentences)
    return [*text, Paragraph("How to read the rows", heading=True), Paragraph(_READING)]


def _sources(case: Case, say: Callable[[str], str]) -> list[Piece]:
    text: list[Piece] = [Paragraph("Sources", heading=True)]
    for exhibit in case.exhibits:
        text.append(
            Paragraph(
                f"{exhibit.reference}: {say(exhibit.name)}, {exhibit.size:,} bytes, {exhibit.records:,} records, "
                f"SHA-256 {exhibit.sha256}"
            )
        )
        text.extend(Paragraph(f"{exhibit.reference}: {say(remark)}") for remark in exhibit.remarks)
    return text
