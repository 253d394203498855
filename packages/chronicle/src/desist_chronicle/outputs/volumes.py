"""The chronology as PDF volumes, drawn row by row so that length costs no memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desist_chronicle import chronology
from desist_chronicle.chronology import Entry, Occasion
from desist_chronicle.occasions import Gap
from desist_chronicle.outputs.charts import Box, Chart, Stroke, Words
from desist_chronicle.outputs.cover import Facts, Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.rows import Row, Wording
from desist_chronicle.outputs.tagging import Element, Tags
from desist_chronicle.outputs.typefaces import TEXT_FACE, load
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


#: pictures beside one another, the height of one in points, and its longer side in points of the screen
_PICTURES_IN_ROW, _PICTURE_HEIGHT, _PRINTED = 4, 130.0, 480
_CAPTION_LINES = 6


@dataclass(frozen=True)
class Frame:
    """The parts that every page of a volume has."""

    title: str
    footer: str
    #: for the reader of the PDF's properties
    subject: str
    #: when the report was made
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


class _Page:
    """A canvas and the place on it where writing goes on."""

    def __init__(self, path: Path, frame: Frame) -> None:
        # its first face is one of ours: Helvetica would be named in the file and not be in it
        self.canvas = Canvas(
            str(path),
            pagesize=(_WIDTH, _HEIGHT),
            invariant=1,
            pageCompression=1,
            lang="en-GB",
            initialFontName=load(TEXT_FACE).fontName,  # type: ignore[arg-type]  # its stub takes a number
        )
        self.canvas.setTitle(frame.title)
        self.canvas.setSubject(frame.subject)
        self.canvas.setAuthor("")
        self.canvas.setCreator("desist-chronicle")
        self._date(frame.at)
        self.canvas.showOutline()
        self._frame = frame
        self.tags = Tags(self.canvas)
        self._rows: Element | None = None
        self._number = 0
        self._marks = 0
        self.table = False
        self.y = 0.0
        self._begin()

    def _date(self, at: datetime) -> None:
        """State when the report was made, in place of the moment of drawing: the same report has the same bytes."""
        canvas: Any = self.canvas
        stamp = canvas._doc._timeStamp  # noqa: SLF001 - reportlab has no other way
        utc = at.astimezone(UTC)
        stamp.t, stamp.lt, stamp.YMDhms = utc.timestamp(), utc.timetuple(), tuple(utc.timetuple())[:6]

    def mark(self, text: str, level: int) -> None:
        """Make a bookmark of the place where the page is written to."""
        self._marks += 1
        key = f"mark{self._marks}"
        self.canvas.bookmarkHorizontal(key, 0, self.y + 4)
        self.canvas.addOutlineEntry(text, key, level=level, closed=level == 0)

    def room(self, height: float) -> None:
        """Go to a new page unless this height fits on the present one."""
        if self.y - height < _BOTTOM:
            self.tags.end_page()
            self._begin()

    @property
    def rows(self) -> Element:
        """The table of the chronology, for readers who hear it."""
        if self._rows is None:
            self._rows = self.tags.element("Table")
        return self._rows

    def write(
        self,
        element: Element,
        line: Line,
        at: tuple[float, float],
        size: float,
        width: float,
        *,
        bold: bool = False,
    ) -> None:
        """Draw a line as the content of an element."""
        with self.tags.content(element):
            draw(canvas=self.canvas, line=line, x=at[0], y=at[1], size=size, width=width, bold=bold)

    def start_table(self) -> None:
        """Draw the columns' headings on each page from here on."""
        self.table = True
        self.room(6 * _LEADING)
        self._headings()

    def fill(self, height: float, colour: Color) -> None:
        """Colour a band across the page, downwards from where the page is written to."""
        with self.tags.artifact():
            self.canvas.setFillColor(colour)
            self.canvas.rect(_MARGIN, self.y - height, _WIDTH - 2 * _MARGIN, height, stroke=0, fill=1)
            self.canvas.setFillColor(_INK)

    def rule(self) -> None:
        """Draw a thin line across the page."""
        with self.tags.artifact():
            self.canvas.setStrokeColor(_RULE)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(_MARGIN, self.y, _WIDTH - _MARGIN, self.y)
            self.canvas.setStrokeColor(_INK)

    def save(self) -> None:
        """Finish the file."""
        self.tags.end_page()
        self.canvas.save()

    def _begin(self) -> None:
        self._number += 1
        with self.tags.artifact():
            self._edges()
        self.y = _HEIGHT - _TOP
        if self.table:
            self._headings()

    def _edges(self) -> None:
        """Draw what every page has above and below."""
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

    def _headings(self) -> None:
        """Draw the columns' headings: the first time as the table's, then as what every page repeats."""
        self.y -= 4
        is_first, x = self._rows is None, _MARGIN
        row = self.tags.element("TR", within=self.rows) if is_first else None
        for heading, width in _COLUMNS:
            line = break_lines(text=heading, width=width, size=_SIZE, bold=True)[0]
            at = (x, self.y - _SIZE)
            if row:
                self.write(self.tags.element("TH", within=row), line, at, _SIZE, width, bold=True)
            else:
                with self.tags.artifact():
                    draw(canvas=self.canvas, line=line, x=at[0], y=at[1], size=_SIZE, width=width, bold=True)
            x += width
        self.y -= _LEADING + _PADDING
        self.rule()


def write_volumes(
    *,
    folder: Path,
    lines: Iterator[Gap | Occasion | Entry],
    wording: Wording,
    cover: Sequence[Piece],
    frame: Frame,
    volume_lines: int = VOLUME_LINES,
) -> list[Path]:
    """Write chronology-01.pdf and so on into `folder`; the cover opens the first."""
    paths: list[Path] = []
    first: list[Gap | Occasion | Entry] = list(islice(lines, 1))
    while first or not paths:
        number = len(paths) + 1
        path = folder / f"chronology-{number:02d}.pdf"
        page = _Page(path, replace(frame, title=f"{frame.title}, volume {number}"))
        _running_text(
            page, cover if number == 1 else [Paragraph(f"Volume {number}, continued", heading=True)]
        )
        page.mark("Chronology", 0)
        page.start_table()
        month = None
        for line in chain(first, islice(lines, volume_lines - 1)):
            month = _set(page, line, wording, month)
        page.save()
        paths.append(path)
        first = list(islice(lines, 1))
    return paths


def _running_text(page: _Page, pieces: Sequence[Piece]) -> None:
    for number, piece in enumerate(pieces):
        if isinstance(piece, Facts):
            _facts(page, piece)
        elif isinstance(piece, Chart):
            _chart(page, piece)
        elif isinstance(piece, Listing):
            _listing(page, piece)
        elif isinstance(piece, Pictures):
            _pictures(page, piece)
        else:
            _paragraph(page, piece, first=number == 0)
    page.y -= 8


def _paragraph(page: _Page, paragraph: Paragraph, *, first: bool) -> None:
    width = _WIDTH - 2 * _MARGIN
    size = (16.0 if first else 11.0) if paragraph.heading else 9.0
    leading = size * 1.4
    page.y -= 8 if paragraph.heading else 2
    kind = ("H1" if first else "H2") if paragraph.heading else "P"
    element = page.tags.element(kind)
    lines = break_lines(text=paragraph.text, width=width, size=size, bold=paragraph.heading)
    for number, line in enumerate(lines):
        page.room(leading * (3 if paragraph.heading else 1))
        if paragraph.heading and number == 0:
            page.mark(paragraph.text, 0)
        page.write(element, line, (_MARGIN, page.y - size), size, width, bold=paragraph.heading)
        page.y -= leading


def _facts(page: _Page, facts: Facts) -> None:
    """Draw the names and values in two columns, read down the first and then down the second."""
    half = -(-len(facts.pairs) // 2)
    wide, name_wide = (_WIDTH - 2 * _MARGIN) / 2, 124.0
    columns = [
        [
            (
                break_lines(text=name, width=name_wide - 8, size=_SIZE, bold=True),
                break_lines(text=value, width=wide - name_wide - 12, size=_SIZE),
            )
            for name, value in part
        ]
        for part in (facts.pairs[:half], facts.pairs[half:])
    ]
    heights = [sum(max(map(len, pair)) * _LEADING + 3 for pair in column) for column in columns]
    page.y -= 4
    page.room(max(heights) + 4)
    top = page.y
    for number, column in enumerate(columns):
        page.y, x = top, _MARGIN + number * wide
        for pair in column:
            _fact(page, pair, (x, x + name_wide), wide)
            page.y -= max(map(len, pair)) * _LEADING + 3
    page.y = top - max(heights) - 4


def _fact(page: _Page, pair: tuple[list[Line], list[Line]], lefts: tuple[float, float], wide: float) -> None:
    element = page.tags.element("P")
    for lines, left, bold in zip(pair, lefts, (True, False), strict=True):
        for row, line in enumerate(lines):
            page.write(element, line, (left, page.y - (row + 1) * _LEADING + 2), _SIZE, wide, bold=bold)


def _chart(page: _Page, chart: Chart) -> None:
    """Draw a picture under its title, with its words below it."""
    width = _WIDTH - 2 * _MARGIN
    words = break_lines(text=chart.words, width=width, size=_SIZE)
    page.room(chart.height + 18 + len(words) * _LEADING)
    page.mark(chart.title, 0)
    title = break_lines(text=chart.title, width=width, size=10.0, bold=True)[0]
    page.write(page.tags.element("H2"), title, (_MARGIN, page.y - 10.0), 10.0, width, bold=True)
    page.y -= 14.0
    with page.tags.content(page.tags.element("Figure", alt=f"{chart.title}. {chart.words}"), "Figure"):
        _shapes(page, chart, page.y - 4)
    page.y -= 4 + chart.height
    below = page.tags.element("P")
    for line in words:
        page.write(below, line, (_MARGIN, page.y - _SIZE), _SIZE, width)
        page.y -= _LEADING
    page.y -= 6


def _shapes(page: _Page, chart: Chart, top: float) -> None:
    canvas = page.canvas
    for shape in chart.shapes:
        if isinstance(shape, Box):
            canvas.setFillColor(HexColor(shape.colour))
            canvas.rect(
                _MARGIN + shape.x, top - shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1
            )
        elif isinstance(shape, Stroke):
            canvas.setStrokeColor(HexColor(shape.colour))
            canvas.setLineWidth(0.4)
            canvas.line(_MARGIN + shape.x1, top - shape.y1, _MARGIN + shape.x2, top - shape.y2)
        else:
            _words(page, shape, top)
    canvas.setFillColor(_INK)
    canvas.setStrokeColor(_INK)


def _words(page: _Page, words: Words, top: float) -> None:
    page.canvas.setFillColor(HexColor(words.colour))
    line = break_lines(text=words.text, width=_WIDTH, size=words.size)[0]
    wide = line.width * words.size
    x = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    draw(canvas=page.canvas, line=line, x=_MARGIN + x, y=top - words.y, size=words.size, width=wide)


def _pictures(page: _Page, pictures: Pictures) -> None:
    """Draw pictures in rows of four, each with its caption below."""
    wide = (_WIDTH - 2 * _MARGIN) / _PICTURES_IN_ROW
    rows = iter(pictures.shown)
    while row := list(islice(rows, _PICTURES_IN_ROW)):
        captions = [break_lines(text=one.caption, width=wide - 10, size=7)[:_CAPTION_LINES] for one in row]
        page.room(_PICTURE_HEIGHT + _CAPTION_LINES * 9 + 10)
        for number, (one, lines) in enumerate(zip(row, captions, strict=True)):
            x = _MARGIN + number * wide
            with page.tags.content(page.tags.element("Figure", alt=one.caption), "Figure"):
                _picture(page, one, x, wide - 10)
            caption = page.tags.element("P")
            for place, line in enumerate(lines):
                page.write(caption, line, (x, page.y - _PICTURE_HEIGHT - (place + 1) * 9), 7, wide - 10)
        page.y -= _PICTURE_HEIGHT + max(map(len, captions)) * 9 + 10


def _picture(page: _Page, picture: Picture, x: float, wide: float) -> None:
    top = page.y - 4
    if picture.file is None:
        page.canvas.setStrokeColor(_RULE)
        page.canvas.rect(x, top - _PICTURE_HEIGHT + 8, wide, _PICTURE_HEIGHT - 8, stroke=1, fill=0)
        line = break_lines(text="No picture can be made of it here.", width=wide - 8, size=7)[0]
        draw(canvas=page.canvas, line=line, x=x + 4, y=top - _PICTURE_HEIGHT / 2, size=7, width=wide)
        return
    image = ImageReader(BytesIO(small(picture.file)))
    across, down = image.getSize()
    scale = min(wide / across, (_PICTURE_HEIGHT - 8) / down)
    page.canvas.drawImage(
        image, x, top - down * scale, width=across * scale, height=down * scale, preserveAspectRatio=True
    )


def small(file: Path) -> bytes:
    """Return a picture that this program made, as small as it is printed."""
    with Image.open(file, formats=("JPEG",)) as opened:
        opened.thumbnail((_PRINTED, _PRINTED))
        written = BytesIO()
        opened.save(written, "JPEG", quality=78)
    return written.getvalue()


def _listing(page: _Page, listing: Listing) -> None:
    widths = [share * (_WIDTH - 2 * _MARGIN) for share in listing.widths]
    table = page.tags.element("Table")
    for number, row in enumerate((listing.headings, *listing.rows)):
        is_head = number == 0
        cells = [
            break_lines(text=cell, width=width - 6, size=_SIZE, bold=is_head)
            for cell, width in zip(row, widths, strict=True)
        ]
        height = max(map(len, cells)) * _LEADING
        page.room(min(height, 10 * _LEADING) + _PADDING)
        x, tagged = _MARGIN, page.tags.element("TR", within=table)
        for lines, width in zip(cells, widths, strict=True):
            cell = page.tags.element("TH" if is_head else "TD", within=tagged)
            for place, line in enumerate(lines):
                page.write(cell, line, (x, page.y - (place + 1) * _LEADING + 2), _SIZE, width, bold=is_head)
            x += width
        page.y -= height + _PADDING
        page.rule()
    page.y -= 6


def _set(page: _Page, line: Gap | Occasion | Entry, wording: Wording, month: date | None) -> date | None:
    """Draw a line; return the month of the occasion that it opens, for whose first there is a bookmark."""
    if isinstance(line, Entry):
        _entry(page, wording.row(line))
    elif isinstance(line, Occasion):
        heading = f"Occasion {line.number}: {chronology.span(line)}. {line.made_of}"
        begins = line.began.date().replace(day=1)
        _band(page, heading, _BAND, bold=True, mark="" if begins == month else f"{begins:%B %Y}")
        return begins
    else:
        _band(page, chronology.quiet(line), _QUIET, bold=False)
    return month


def _band(page: _Page, text: str, colour: Color, *, bold: bool, mark: str = "") -> None:
    width = _WIDTH - 2 * _MARGIN - 8
    broken = break_lines(text=text, width=width, size=_SIZE, bold=bold)
    height = len(broken) * _LEADING + 2 * _PADDING
    # a heading does not stand alone at the foot of a page
    page.room(height + 3 * _LEADING)
    if mark:
        page.mark(mark, 1)
    page.fill(height, colour)
    page.y -= _PADDING
    row = page.tags.element("TR", within=page.rows)
    cell = page.tags.element("TD", within=row, columns=len(_COLUMNS))
    for line in broken:
        page.y -= _LEADING
        page.write(cell, line, (_MARGIN + 4, page.y + 2), _SIZE, width, bold=bold)
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
    tagged = page.tags.element("TR", within=page.rows)
    elements = [page.tags.element("TD", within=tagged) for _ in columns]
    for number in range(height):
        page.room(_LEADING)
        page.y -= _LEADING
        _cells(page, elements, [column[number] if number < len(column) else None for column in columns])
    page.y -= _PADDING
    page.rule()


def _folded(text: str) -> str:
    """A text as the volume shows it: a very long one ends with how much more there is."""
    if len(text) <= FOLD:
        return text
    return f"{text[:FOLD]}\n[{len(text) - FOLD:,} more characters are in chronology.csv]"


def _cells(page: _Page, elements: Sequence[Element], cells: Sequence[Line | None]) -> None:
    x = _MARGIN
    for element, cell, (_, width) in zip(elements, cells, _COLUMNS, strict=True):
        if cell is not None and cell.text:
            page.write(element, cell, (x, page.y + 2), _SIZE, width - 6)
        x += width
