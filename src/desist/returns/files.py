"""A return as a file: CSV, ODS or PDF (PDF/UA). The same return gives the same bytes: a file bears the day it was counted. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from desist.returns.definitions import Definition
from desist.ui import documents, spreadsheets

LAYOUT = Path(__file__).parent / "paper.typ"
NOT_MADE = "The PDF could not be made. The return as a table holds the same numbers"


class Form(StrEnum):
    """What kind of file."""

    CSV = "csv"
    ODS = "ods"
    PDF = "pdf"


TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Form.PDF: "application/pdf",
}


@dataclass(frozen=True)
class File:
    """A file with its name."""

    name: str
    content: bytes
    type: str


@dataclass(frozen=True)
class Printed:
    """A table on paper: texts, the first of each row its figure's name."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """One return of the definitions on paper: its tables, its days in words, and how it is counted."""

    title: str
    tables: tuple[Printed, ...]
    days: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A return on paper: the title, what stands before its chapters, and what stands at the foot of each page."""

    title: str
    before: tuple[str, ...]
    foot: str
    chapters: tuple[Chapter, ...]


def said(one: Definition) -> tuple[str, ...]:
    """Return how a return is counted, a line each."""
    return (
        f"Counted: {one.counted}.",
        f"Out of: {one.of}.",
        f"Missing: {one.missing}.",
        f"Left out: {one.leaves_out}.",
        f"Source: {one.source}.",
    )


def table(
    name: str, form: Form, columns: Sequence[str], lines: Iterable[Sequence[object]], *, day: date
) -> File:
    """Return a table as CSV or ODS. `day` is the day of the file."""
    if form is Form.ODS:
        content = spreadsheets.as_ods(name, columns, lines, day=day)
    else:
        content = spreadsheets.as_csv(columns, lines)
    return File(f"{name}.{form}", content, TYPES[form])


def printed(name: str, paper: Paper, *, day: date) -> File:
    """Return a return on paper. Raises documents.NotMade."""
    data = asdict(paper) | {"day": [day.year, day.month, day.day]}
    return File(f"{name}.pdf", documents.pdf(layout=LAYOUT, data=data), TYPES[Form.PDF])
