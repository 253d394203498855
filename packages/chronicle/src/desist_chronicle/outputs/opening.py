"""The opening pages of a volume, piece by piece."""

from collections.abc import Sequence
from io import BytesIO
from itertools import islice

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

from desist_chronicle.outputs.charts import Box, Chart, Stroke, Words
from desist_chronicle.outputs.cover import Facts, Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.pages import INK, LEADING, MARGIN, PADDING, RULE, SIZE, WIDTH, Page
from desist_chronicle.outputs.typesetting import Line, break_lines, draw

#: pictures beside one another, and the height of one in points
_PICTURES_IN_ROW, _PICTURE_HEIGHT = 4, 130.0
_CAPTION_LINES = 6


def running_text(page: Page, pieces: Sequence[Piece]) -> None:
    """Put the pieces on pages, one below the other."""
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


def _paragraph(page: Page, paragraph: Paragraph, *, first: bool) -> None:
    width = WIDTH - 2 * MARGIN
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
        page.write(element, line, (MARGIN, page.y - size), size, width, bold=paragraph.heading)
        page.y -= leading


def _facts(page: Page, facts: Facts) -> None:
    """Draw the names and values in two columns, read down the first and then down the second."""
    half = -(-len(facts.pairs) // 2)
    wide, name_wide = (WIDTH - 2 * MARGIN) / 2, 124.0
    columns = [
        [
            (
                break_lines(text=name, width=name_wide - 8, size=SIZE, bold=True),
                break_lines(text=value, width=wide - name_wide - 12, size=SIZE),
            )
            for name, value in part
        ]
        for part in (facts.pairs[:half], facts.pairs[half:])
    ]
    heights = [sum(max(map(len, pair)) * LEADING + 3 for pair in column) for column in columns]
    page.y -= 4
    page.room(max(heights) + 4)
    top = page.y
    for number, column in enumerate(columns):
        page.y, x = top, MARGIN + number * wide
        for pair in column:
            _fact(page, pair, (x, x + name_wide), wide)
            page.y -= max(map(len, pair)) * LEADING + 3
    page.y = top - max(heights) - 4


def _fact(page: Page, pair: tuple[list[Line], list[Line]], lefts: tuple[float, float], wide: float) -> None:
    element = page.tags.element("P")
    for lines, left, bold in zip(pair, lefts, (True, False), strict=True):
        for row, line in enumerate(lines):
            page.write(element, line, (left, page.y - (row + 1) * LEADING + 2), SIZE, wide, bold=bold)


def _chart(page: Page, chart: Chart) -> None:
    """Draw a picture under its title, with its words below it."""
    width = WIDTH - 2 * MARGIN
    words = break_lines(text=chart.words, width=width, size=SIZE)
    page.room(chart.height + 18 + len(words) * LEADING)
    page.mark(chart.title, 0)
    title = break_lines(text=chart.title, width=width, size=10.0, bold=True)[0]
    page.write(page.tags.element("H2"), title, (MARGIN, page.y - 10.0), 10.0, width, bold=True)
    page.y -= 14.0
    with page.tags.content(page.tags.element("Figure", alt=f"{chart.title}. {chart.words}"), "Figure"):
        _shapes(page, chart, page.y - 4)
    page.y -= 4 + chart.height
    below = page.tags.element("P")
    for line in words:
        page.write(below, line, (MARGIN, page.y - SIZE), SIZE, width)
        page.y -= LEADING
    page.y -= 6


def _shapes(page: Page, chart: Chart, top: float) -> None:
    canvas = page.canvas
    for shape in chart.shapes:
        if isinstance(shape, Box):
            canvas.setFillColor(HexColor(shape.colour))
            canvas.rect(
                MARGIN + shape.x, top - shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1
            )
        elif isinstance(shape, Stroke):
            canvas.setStrokeColor(HexColor(shape.colour))
            canvas.setLineWidth(0.4)
            canvas.line(MARGIN + shape.x1, top - shape.y1, MARGIN + shape.x2, top - shape.y2)
        else:
            _words(page, shape, top)
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)


def _words(page: Page, words: Words, top: float) -> None:
    page.canvas.setFillColor(HexColor(words.colour))
    line = break_lines(text=words.text, width=WIDTH, size=words.size)[0]
    wide = line.width * words.size
    x = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    draw(canvas=page.canvas, line=line, x=MARGIN + x, y=top - words.y, size=words.size, width=wide)


def _pictures(page: Page, pictures: Pictures) -> None:
    """Draw pictures in rows of four, each with its caption below."""
    wide = (WIDTH - 2 * MARGIN) / _PICTURES_IN_ROW
    rows = iter(pictures.shown)
    while row := list(islice(rows, _PICTURES_IN_ROW)):
        captions = [break_lines(text=one.caption, width=wide - 10, size=7)[:_CAPTION_LINES] for one in row]
        page.room(_PICTURE_HEIGHT + _CAPTION_LINES * 9 + 10)
        for number, (one, lines) in enumerate(zip(row, captions, strict=True)):
            x = MARGIN + number * wide
            with page.tags.content(page.tags.element("Figure", alt=one.caption), "Figure"):
                _picture(page, one, x, wide - 10)
            caption = page.tags.element("P")
            for place, line in enumerate(lines):
                page.write(caption, line, (x, page.y - _PICTURE_HEIGHT - (place + 1) * 9), 7, wide - 10)
        page.y -= _PICTURE_HEIGHT + max(map(len, captions)) * 9 + 10


def _picture(page: Page, picture: Picture, x: float, wide: float) -> None:
    top = page.y - 4
    if picture.file is None:
        page.canvas.setStrokeColor(RULE)
        page.canvas.rect(x, top - _PICTURE_HEIGHT + 8, wide, _PICTURE_HEIGHT - 8, stroke=1, fill=0)
        line = break_lines(text="No picture can be made of it here.", width=wide - 8, size=7)[0]
        draw(canvas=page.canvas, line=line, x=x + 4, y=top - _PICTURE_HEIGHT / 2, size=7, width=wide)
        return
    image = ImageReader(BytesIO(picture.file.read_bytes()))
    across, down = image.getSize()
    scale = min(wide / across, (_PICTURE_HEIGHT - 8) / down)
    page.canvas.drawImage(
        image, x, top - down * scale, width=across * scale, height=down * scale, preserveAspectRatio=True
    )


def _listing(page: Page, listing: Listing) -> None:
    widths = [share * (WIDTH - 2 * MARGIN) for share in listing.widths]
    table = page.tags.element("Table")
    headings = _cells(listing.headings, widths, bold=True)
    for number, row in enumerate((listing.headings, *listing.rows)):
        cells = _cells(row, widths) if number else headings
        height = max(map(len, cells)) * LEADING
        if page.room(min(height, 10 * LEADING) + PADDING) and number:
            _repeat(page, headings, widths)
        x, tagged = MARGIN, page.tags.element("TR", within=table)
        for lines, width in zip(cells, widths, strict=True):
            cell = page.tags.element("TD" if number else "TH", within=tagged)
            for place, line in enumerate(lines):
                at = (x, page.y - (place + 1) * LEADING + 2)
                page.write(cell, line, at, SIZE, width, bold=not number)
            x += width
        _under(page, height)
    page.y -= 6


def _cells(row: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> list[list[Line]]:
    return [
        break_lines(text=cell, width=width - 6, size=SIZE, bold=bold)
        for cell, width in zip(row, widths, strict=True)
    ]


def _repeat(page: Page, headings: Sequence[Sequence[Line]], widths: Sequence[float]) -> None:
    """Draw the headings of a table again on the page where it goes on."""
    x = MARGIN
    with page.tags.artifact():
        for lines, width in zip(headings, widths, strict=True):
            for place, line in enumerate(lines):
                y = page.y - (place + 1) * LEADING + 2
                draw(canvas=page.canvas, line=line, x=x, y=y, size=SIZE, width=width, bold=True)
            x += width
    _under(page, max(map(len, headings)) * LEADING)


def _under(page: Page, height: float) -> None:
    page.y -= height + PADDING
    page.rule()
