"""The report as one page that needs nothing else: no network, no program, no other file."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TextIO

from desist_chronicle import chronology
from desist_chronicle.chronology import Entry, Occasion
from desist_chronicle.occasions import Gap
from desist_chronicle.outputs.charts import Box, Chart, Shape, Stroke, Words
from desist_chronicle.outputs.cover import Facts, Listing, Paragraph, Picture, Pictures, Piece
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.typesetting import show

#: with more entries the page holds the occasions, and the table the entries
MOST_ON_PAGE = 5_000
_HEADINGS = ("No.", "Date and time", "Kind", "From / to", "What was recorded", "Exhibit")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#0b0c0c;background:#fff;margin:0 auto;max-width:72rem;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.8rem}h2{font-size:1.3rem;margin-top:2rem}h3{font-size:1rem;background:#dfe6ee;padding:.4rem;margin:1rem 0 0}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(28rem,100%),1fr));gap:.3rem 1.5rem}
dl div{display:flex;gap:.75rem}dt{font-weight:700;flex:0 0 9rem}dd{margin:0}
figure{margin:1.5rem 0;overflow-x:auto}figcaption{font-size:.9rem}svg{width:100%;min-width:44rem;height:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;
border-bottom:1px solid #b1b4b6}th,td{overflow-wrap:break-word}td:last-child{overflow-wrap:anywhere;min-width:7rem}.scroll{overflow-x:auto}.quiet{background:#f3f2f1;padding:.4rem}
.text{white-space:pre-wrap;overflow-wrap:anywhere;min-width:10rem}.notes{color:#505a5f}.unread{border-left:.5rem solid #d4351c;padding:.5rem 1rem}
.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem}.pictures figure{margin:0}
.pictures img{max-width:100%;max-height:16rem}footer{margin-top:3rem;color:#505a5f;font-size:.9rem}
@media print{body{max-width:none;font-size:10pt}h3,tr,figure{break-inside:avoid}}
"""
#: the page may show what is in it and fetch nothing, whatever a message in it says
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write_page(
    *,
    to: TextIO,
    title: str,
    pieces: Sequence[Piece],
    lines: Iterable[Gap | Occasion | Entry],
    wording: Wording,
    footer: str,
) -> None:
    """Write the opening pages and then every line of the chronology."""
    to.write(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    for number, piece in enumerate(pieces):
        to.writelines(_piece(piece, "h1" if number == 0 else "h2"))
    # one stop for a keyboard, from which its arrows move what is wider than the screen
    to.write('<h2>Chronology</h2>\n<div class="scroll" tabindex="0">\n')
    to.writelines(_chronology(lines, wording))
    to.write(f"</div>\n</main>\n<footer>{_text(footer)}</footer>\n</body>\n</html>\n")


def _text(text: str) -> str:
    """Return text for a page: signs that have no picture are shown by their code."""
    plain = "".join(one if one.isprintable() or one in "\n\t\u200d\ufe0f" else show(one) for one in text)
    return escape(plain)


def _piece(piece: Piece, heading: str) -> Iterator[str]:
    if isinstance(piece, Paragraph):
        tag = heading if piece.heading else "p"
        mark = ' class="unread"' if piece.text.startswith("NOT READ") else ""
        yield f"<{tag}{mark}>{_text(piece.text)}</{tag}>\n"
    elif isinstance(piece, Facts):
        pairs = (f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>" for name, value in piece.pairs)
        yield f"<dl>{''.join(pairs)}</dl>\n"
    elif isinstance(piece, Chart):
        yield f"<h2>{_text(piece.title)}</h2>\n"
        yield f'<figure tabindex="0">{svg(piece)}<figcaption>{_text(piece.words)}</figcaption></figure>\n'
    elif isinstance(piece, Pictures):
        yield f'<div class="pictures">{"".join(map(_picture, piece.shown))}</div>\n'
    else:
        yield from _table(piece)


def _table(listing: Listing) -> Iterator[str]:
    yield f'<div class="scroll" tabindex="0"><table><thead><tr>{_cells("th", listing.headings)}</tr></thead><tbody>\n'
    for row in listing.rows:
        yield f"<tr>{_cells('td', row)}</tr>\n"
    yield "</tbody></table></div>\n"


def _cells(tag: str, cells: Iterable[str]) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "".join(f"<{tag}{scope}><bdi>{_text(cell)}</bdi></{tag}>" for cell in cells)


def _picture(picture: Picture) -> str:
    shown = "<p>No picture can be made of it here.</p>"
    if picture.file is not None:
        shown = f'<img alt="" src="data:image/jpeg;base64,{_base64(picture.file)}">'
    return f"<figure>{shown}<figcaption>{_text(picture.caption)}</figcaption></figure>"


def _base64(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()


def _chronology(lines: Iterable[Gap | Occasion | Entry], wording: Wording) -> Iterator[str]:
    is_open = False
    for line in lines:
        if isinstance(line, Entry):
            if not is_open:
                is_open = True
                yield f"<table><thead><tr>{_cells('th', _HEADINGS)}</tr></thead><tbody>\n"
            yield _entry(line, wording)
            continue
        if is_open:
            is_open = False
            yield "</tbody></table>\n"
        if isinstance(line, Occasion):
            yield f"<h3>Occasion {line.number}: {chronology.span(line)}. {line.made_of}</h3>\n"
        else:
            yield f'<p class="quiet">{chronology.quiet(line)}</p>\n'
    if is_open:
        yield "</tbody></table>\n"


def _entry(entry: Entry, wording: Wording) -> str:
    row = wording.row(entry)
    people = row.sender + (f"\nto {row.recipients}" if row.recipients else "")
    notes = f'\n<span class="notes">[{_text("; ".join(row.notes))}]</span>' if row.notes else ""
    return (
        f"<tr>{_cells('td', (str(row.number), row.when, row.kind))}"
        f'<td class="text"><bdi>{_text(people)}</bdi></td>'
        f'<td class="text"><bdi>{_text(row.what)}</bdi>{notes}</td>{_cells("td", (row.exhibit,))}</tr>\n'
    )


def svg(chart: Chart) -> str:
    """Return a chart as a drawing that is named by its words."""
    shapes = "".join(map(_shape, chart.shapes))
    return (
        f'<svg viewBox="0 0 {chart.width:g} {chart.height:g}" width="{chart.width:g}" role="img" '
        f'aria-label="{_text(chart.title)}. {_text(chart.words)}" font-family="system-ui,sans-serif">{shapes}</svg>'
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        place = f'x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" height="{shape.height:.1f}"'
        return f'<rect {place} fill="{shape.colour}"/>'
    if isinstance(shape, Stroke):
        place = f'x1="{shape.x1:.1f}" y1="{shape.y1:.1f}" x2="{shape.x2:.1f}" y2="{shape.y2:.1f}"'
        return f'<line {place} stroke="{shape.colour}" stroke-width=".6"/>'
    return _label(shape)


def _label(words: Words) -> str:
    return (
        f'<text x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size:g}" text-anchor="{words.anchor}" '
        f'fill="{words.colour}">{_text(words.text)}</text>'
    )
