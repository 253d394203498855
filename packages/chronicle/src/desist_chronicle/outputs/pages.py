"""The pages of a volume: their size, what each of them has above and below, and how anything is put on them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from desist_chronicle.outputs.tagging import Element, Tags, finish
from desist_chronicle.outputs.typefaces import TEXT_FACE, load
from desist_chronicle.outputs.typesetting import Line, break_lines, draw

#: pictures as their bytes and not as letters: a quarter smaller, and a fifth of the time of an exhibit with many
rl_config.useA85 = 0

WIDTH, HEIGHT = landscape(A4)
MARGIN, TOP, BOTTOM = 34.0, 48.0, 40.0
SIZE, LEADING, PADDING = 8.0, 10.5, 3.0
INK, GREY, RULE = HexColor("#0b0c0c"), HexColor("#505a5f"), HexColor("#b1b4b6")
#: heading and width of each column, in points
COLUMNS = (
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
    #: when the report was made
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


class Page:
    """A canvas and the place on it where writing goes on."""

    def __init__(self, path: Path, frame: Frame) -> None:
        self._path, self._drawn = path, BytesIO()
        # its first face is one of ours: Helvetica would be named in the file and not be in it
        self.canvas = Canvas(
            self._drawn,
            pagesize=(WIDTH, HEIGHT),
            invariant=1,
            pageCompression=1,
            lang="en-GB",
            initialFontName=load(TEXT_FACE).fontName,  # type: ignore[arg-type]  # its stub takes a number
        )
        self.canvas.setTitle(frame.title)
        self.canvas.setSubject(frame.subject)
        self.canvas.setAuthor("")
        self.canvas.setCreator("desist-chronicle")
        self.canvas.showOutline()
        self._frame = frame
        self.tags = Tags(self.canvas)
        self._rows: Element | None = None
        self._number = 0
        self._marks = 0
        self.table = False
        self.y = 0.0
        self._begin()

    def mark(self, text: str, level: int) -> None:
        """Make a bookmark of the place where the page is written to."""
        self._marks += 1
        key = f"mark{self._marks}"
        self.canvas.bookmarkHorizontal(key, 0, self.y + 4)
        self.canvas.addOutlineEntry(text, key, level=level, closed=level == 0)

    def room(self, height: float) -> bool:
        """Go to a new page unless this height fits on the present one, and return whether it did."""
        if self.y - height >= BOTTOM:
            return False
        self.tags.end_page()
        self._begin()
        return True

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
        self.room(6 * LEADING)
        self._headings()

    def fill(self, height: float, colour: Color) -> None:
        """Colour a band across the page, downwards from where the page is written to."""
        with self.tags.artifact():
            self.canvas.setFillColor(colour)
            self.canvas.rect(MARGIN, self.y - height, WIDTH - 2 * MARGIN, height, stroke=0, fill=1)
            self.canvas.setFillColor(INK)

    def rule(self) -> None:
        """Draw a thin line across the page."""
        with self.tags.artifact():
            self.canvas.setStrokeColor(RULE)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
            self.canvas.setStrokeColor(INK)

    def save(self) -> None:
        """Finish the file."""
        self.tags.end_page()
        self.canvas.save()
        finish(drawn=self._drawn, path=self._path, tags=self.tags, at=self._frame.at)

    def _begin(self) -> None:
        self._number += 1
        with self.tags.artifact():
            self._edges()
        self.y = HEIGHT - TOP
        if self.table:
            self._headings()

    def _edges(self) -> None:
        """Draw what every page has above and below."""
        self.canvas.setFillColor(GREY)
        width = WIDTH - 2 * MARGIN
        for text, y in ((self._frame.title, HEIGHT - 28), (self._frame.footer, 20)):
            line = break_lines(text=text, width=width - 60, size=7)[0]
            draw(canvas=self.canvas, line=line, x=MARGIN, y=y, size=7, width=width)
        page = break_lines(text=f"page {self._number}", width=60, size=7)[0]
        x = WIDTH - MARGIN - page.width * 7
        draw(canvas=self.canvas, line=page, x=x, y=20, size=7, width=60)
        self.canvas.setFillColor(INK)
        self.canvas.setStrokeColor(INK)

    def _headings(self) -> None:
        """Draw the columns' headings: the first time as the table's, then as what every page repeats."""
        self.y -= 4
        is_first, x = self._rows is None, MARGIN
        row = self.tags.element("TR", within=self.rows) if is_first else None
        for heading, width in COLUMNS:
            line = break_lines(text=heading, width=width, size=SIZE, bold=True)[0]
            at = (x, self.y - SIZE)
            if row:
                self.write(self.tags.element("TH", within=row), line, at, SIZE, width, bold=True)
            else:
                with self.tags.artifact():
                    draw(canvas=self.canvas, line=line, x=at[0], y=at[1], size=SIZE, width=width, bold=True)
            x += width
        self.y -= LEADING + PADDING
        self.rule()
