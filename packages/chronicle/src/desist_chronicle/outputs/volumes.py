"""The chronology as PDF volumes, drawn row by row so that length costs no memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from reportlab.lib.colors import Color, HexColor

from desist_chronicle import chronology
from desist_chronicle.chronology import Entry, Occasion
from desist_chronicle.occasions import Gap
from desist_chronicle.outputs.cover import Paragraph, Piece
from desist_chronicle.outputs.opening import running_text
from desist_chronicle.outputs.pages import COLUMNS, LEADING, MARGIN, PADDING, SIZE, WIDTH, Frame, Page
from desist_chronicle.outputs.rows import Row, Wording
from desist_chronicle.outputs.tagging import Element
from desist_chronicle.outputs.typesetting import Line, break_lines

#: lines in one volume
VOLUME_LINES = 5_000
#: a longer text is folded: this many characters fill a page and a half
FOLD = 8_000
#: with more entries than this the volumes hold occasions only; the entries are in the table
MOST_ENTRIES = 50_000
_BAND, _QUIET = HexColor("#dfe6ee"), HexColor("#f3f2f1")


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
        page = Page(path, replace(frame, title=f"{frame.title}, volume {number}"))
        running_text(page, cover if number == 1 else [Paragraph(f"Volume {number}, continued", heading=True)])
        page.mark("Chronology", 0)
        page.start_table()
        month = None
        for line in chain(first, islice(lines, volume_lines - 1)):
            month = _set(page, line, wording, month)
        page.save()
        paths.append(path)
        first = list(islice(lines, 1))
    return paths


def _set(page: Page, line: Gap | Occasion | Entry, wording: Wording, month: date | None) -> date | None:
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


def _band(page: Page, text: str, colour: Color, *, bold: bool, mark: str = "") -> None:
    width = WIDTH - 2 * MARGIN - 8
    broken = break_lines(text=text, width=width, size=SIZE, bold=bold)
    height = len(broken) * LEADING + 2 * PADDING
    # a heading does not stand alone at the foot of a page
    page.room(height + 3 * LEADING)
    if mark:
        page.mark(mark, 1)
    page.fill(height, colour)
    page.y -= PADDING
    row = page.tags.element("TR", within=page.rows)
    cell = page.tags.element("TD", within=row, columns=len(COLUMNS))
    for line in broken:
        page.y -= LEADING
        page.write(cell, line, (MARGIN + 4, page.y + 2), SIZE, width, bold=bold)
    page.y -= PADDING


def _entry(page: Page, row: Row) -> None:
    """Draw one entry; a long one continues on the next page."""
    what = "\n".join([_folded(row.what), *(f"[{note}]" for note in row.notes)]).strip("\n")
    people = row.sender + (f"\nto {row.recipients}" if row.recipients else "")
    cells = (str(row.number), row.when, row.kind, people, what, row.exhibit)
    columns = [
        break_lines(text=cell, width=width - 6, size=SIZE)
        for cell, (_, width) in zip(cells, COLUMNS, strict=True)
    ]
    height = max(map(len, columns))
    # a short entry stays whole
    page.room(min(height, 20) * LEADING + PADDING)
    page.y -= PADDING
    tagged = page.tags.element("TR", within=page.rows)
    elements = [page.tags.element("TD", within=tagged) for _ in columns]
    for number in range(height):
        page.room(LEADING)
        page.y -= LEADING
        _cells(page, elements, [column[number] if number < len(column) else None for column in columns])
    page.y -= PADDING
    page.rule()


def _folded(text: str) -> str:
    """A text as the volume shows it: a very long one ends with how much more there is."""
    if len(text) <= FOLD:
        return text
    return f"{text[:FOLD]}\n[{len(text) - FOLD:,} more characters are in chronology.csv]"


def _cells(page: Page, elements: Sequence[Element], cells: Sequence[Line | None]) -> None:
    x = MARGIN
    for element, cell, (_, width) in zip(elements, cells, COLUMNS, strict=True):
        if cell is not None and cell.text:
            page.write(element, cell, (x, page.y + 2), SIZE, width - 6)
        x += width
