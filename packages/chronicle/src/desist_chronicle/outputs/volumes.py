"""The chronology as PDF volumes, drawn row by row so that length costs no memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from desist_chronicle import chronology
from desist_chronicle.chronology import Entry, Occasion
from desist_chronicle.occasions import Gap
from desist_chronicle.outputs.cover import Paragraph
from desist_chronicle.outputs.rows import Row, Wording
from desist_chronicle.outputs.typesetting import Line, break_lines, draw

#: lines in one volume
VOLUME_LINES = 5_000
#: a longer text is folded: this many characters fill a page and a half
FOLD = 8_000
#: with more entries than this the volumes hold occasions only; the entries are in the table
MOST_ENTRIES = 50_000

_WIDTH, _HEIGHT = landscape(A4)
_MARGIN, _TOP, _BOTTOM = 34.0, 48.0, 40.0
_SIZE, _LEADING, _PADDING = 8.0, 10.5, 3.0
_INK, _GREY, _RULE = HexColor("#0b0c0c"), HexColor("#505a5f"), HexColor("#b1b4b6")
_BAND, _QUIET = HexColor("#dfe6ee"), HexColor("#f3f2f1")
#: heading and width of each column, in points
_COLUMNS = (
    ("No.", 34.0),
    ("Date and time", 108.0),
    ("Kind", 58.0),
    ("From / to", 128.0),
    ("What was recorded", 340.0),
    ("Exhibit", 105.0),
)


@dataclass(frozen=True)
class Frame:
    """The parts that every page of a volume has."""

    title: str
    footer: str
    #: for the reader of the PDF's properties
    subject: str


class _Page:
    """A canvas and the place on it where writing goes on."""

    def __init__(self, path: Path, frame: Frame) -> None:
        self.canvas = Canvas(
            str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1, lang="en-GB"
        )
        self.canvas.setTitle(frame.title)
        self.canvas.setSubject(frame.subject)
        self.canvas.setAuthor("")
        self._frame = frame
        self._number = 0
        self.table = False
        self.y = 0.0
        self._begin()

    def room(self, height: float) -> None:
        """Go to a new page unless this height fits on the present one."""
        if self.y - height < _BOTTOM:
            self.canvas.showPage()
            self._begin()

    def start_table(self) -> None:
        """Draw the columns' headings on each page from here on."""
        self.table = True
        self.room(6 * _LEADING)
        self._headings()

    def fill(self, height: float, colour: Color) -> None:
        """Colour a band across the page, downwards from where the page is written to."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(_MARGIN, self.y - height, _WIDTH - 2 * _MARGIN, height, stroke=0, fill=1)
        self.canvas.setFillColor(_INK)

    def rule(self) -> None:
        """Draw a thin line across the page."""
        self.canvas.setStrokeColor(_RULE)
        self.canvas.setLineWidth(0.4)
        self.canvas.line(_MARGIN, self.y, _WIDTH - _MARGIN, self.y)
        self.canvas.setStrokeColor(_INK)

    def save(self) -> None:
        """Finish the file."""
        self.canvas.showPage()
        self.canvas.save()

    def _begin(self) -> None:
        self._number += 1
        self.canvas.setFillColor(_GREY)
        width = _WIDTH - 2 * _MARGIN
        for text, y in ((self._frame.title, _HEIGHT - 28), (self._frame.footer, 20)):
            line = break_lines(text=text, width=width - 60, size=7)[0]
            draw(canvas=self.canvas, line=line, x=_MARGIN, y=y, size=7, width=width)
        page = break_lines(text=f"page {self._number}", width=60, size=7)[0]
        x = _WIDTH - _MARGIN - page.width * 7
        draw(canvas=self.canvas, line=page, x=x, y=20, size=7, width=60)
        self.canvas.setFillColor(_INK)
        self.canvas.setStrokeColor(_INK)
        self.y = _HEIGHT - _TOP
        if self.table:
            self._headings()

    def _headings(self) -> None:
        self.y -= 4
        x = _MARGIN
        for heading, width in _COLUMNS:
            line = break_lines(text=heading, width=width, size=_SIZE)[0]
            draw(canvas=self.canvas, line=line, x=x, y=self.y - _SIZE, size=_SIZE, width=width, bold=True)
            x += width
        self.y -= _LEADING + _PADDING
        self.rule()


def write_volumes(
    *,
    folder: Path,
    lines: Iterator[Gap | Occasion | Entry],
    wording: Wording,
    cover: Sequence[Paragraph],
    frame: Frame,
    volume_lines: int = VOLUME_LINES,
) -> list[Path]:
    """Write chronology-01.pdf and so on into `folder`; the cover opens the first."""
    paths: list[Path] = []
    first: list[Gap | Occasion | Entry] = list(islice(lines, 1))
    while first or not paths:
        number = len(paths) + 1
        path = folder / f"chronology-{number:02d}.pdf"
        page = _Page(path, Frame(f"{frame.title}, volume {number}", frame.footer, frame.subject))
        _running_text(
            page, cover if number == 1 else [Paragraph(f"Volume {number}, continued", heading=True)]
        )
        page.start_table()
        for line in chain(first, islice(lines, volume_lines - 1)):
            _set(page, line, wording)
        page.save()
        paths.append(path)
        first = list(islice(lines, 1))
    return paths


def _running_text(page: _Page, paragraphs: Sequence[Paragraph]) -> None:
    width = _WIDTH - 2 * _MARGIN
    for number, paragraph in enumerate(paragraphs):
        size = (16.0 if number == 0 else 11.0) if paragraph.heading else 9.0
        leading = size * 1.4
        page.y -= 8 if paragraph.heading else 2
        for line in break_lines(text=paragraph.text, width=width, size=size):
            page.room(leading * (3 if paragraph.heading else 1))
            draw(
                canvas=page.canvas,
                line=line,
                x=_MARGIN,
                y=page.y - size,
                size=size,
                width=width,
                bold=paragraph.heading,
            )
            page.y -= leading
    page.y -= 8


def _set(page: _Page, line: Gap | Occasion | Entry, wording: Wording) -> None:
    if isinstance(line, Entry):
        _entry(page, wording.row(line))
    elif isinstance(line, Occasion):
        heading = f"Occasion {line.number}: {chronology.span(line)}. {line.made_of}"
        _band(page, heading, _BAND, bold=True)
    else:
        _band(page, chronology.quiet(line), _QUIET, bold=False)


def _band(page: _Page, text: str, colour: Color, *, bold: bool) -> None:
    width = _WIDTH - 2 * _MARGIN - 8
    broken = break_lines(text=text, width=width, size=_SIZE)
    height = len(broken) * _LEADING + 2 * _PADDING
    # a heading does not stand alone at the foot of a page
    page.room(height + 3 * _LEADING)
    page.fill(height, colour)
    page.y -= _PADDING
    for line in broken:
        page.y -= _LEADING
        draw(canvas=page.canvas, line=line, x=_MARGIN + 4, y=page.y + 2, size=_SIZE, width=width, bold=bold)
    page.y -= _PADDING


def _entry(page: _Page, row: Row) -> None:
    """Draw one entry; a long one continues on the next page."""
    what = "\n".join([_folded(row.what), *(f"[{note}]" for note in row.notes)]).strip("\n")
    people = row.sender + (f"\nto {row.recipients}" if row.recipients else "")
    cells = (str(row.number), row.when, row.kind, people, what, row.exhibit)
    columns = [
        break_lines(text=cell, width=width - 6, size=_SIZE)
        for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
    ]
    height = max(map(len, columns))
    # a short entry stays whole
    page.room(min(height, 20) * _LEADING + _PADDING)
    page.y -= _PADDING
    for number in range(height):
        page.room(_LEADING)
        page.y -= _LEADING
        _cells(page, [column[number] if number < len(column) else None for column in columns])
    page.y -= _PADDING
    page.rule()


def _folded(text: str) -> str:
    """A text as the volume shows it: a very long one ends with how much more there is."""
    if len(text) <= FOLD:
        return text
    return f"{text[:FOLD]}\n[{len(text) - FOLD:,} more characters are in chronology.csv]"


def _cells(page: _Page, cells: Sequence[Line | None]) -> None:
    x = _MARGIN
    for cell, (_, width) in zip(cells, _COLUMNS, strict=True):
        if cell is not None and cell.text:
            draw(canvas=page.canvas, line=cell, x=x, y=page.y + 2, size=_SIZE, width=width - 6)
        x += width
