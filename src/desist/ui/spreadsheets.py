"""Tables as files that any spreadsheet opens: marked as UTF-8, and with no cell that it takes for a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

#: characters that begin a formula in some spreadsheet; full-width signs are read as plain ones
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: characters that a spreadsheet skips before a formula: blanks, the mark at the beginning of a file, marks of direction
BLANK = " \u00a0\ufeff\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
MARK = "\ufeff"


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A line of names and a line for each row, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return f"{MARK}{out.getvalue()}".encode()


#: the names of the parts of an OpenDocument file
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")),
        *(("fo", "xsl-fo-compatible"), ("meta", "meta"), ("manifest", "manifest")),
    )
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    '<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="4.5cm"/>'
    '</style:style><style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
)
#: what XML has no place for
UNWRITTEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def as_ods(title: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, day: date) -> bytes:
    """An OpenDocument spreadsheet of one table; numbers stay numbers. The same table of the same day gives the same bytes."""
    lines = [_row(header, ' table:style-name="head"'), *(_row(row) for row in rows)]
    table = (
        f'<table:table table:name="{_text(title)}"><table:table-column table:style-name="wide" '
        f'table:number-columns-repeated="{len(header)}"/><table:table-header-rows>{lines[0]}</table:table-header-rows>'
        f"{''.join(lines[1:])}</table:table>"
    )
    parts = {
        "mimetype": ODS,
        "content.xml": _part(
            "document-content",
            f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>",
        ),
        "meta.xml": _part(
            "document-meta",
            f"<office:meta><dc:title>{_text(title)}</dc:title><dc:date>{day}T00:00:00</dc:date></office:meta>",
        ),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", ODS), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    parts["META-INF/manifest.xml"] = _document("manifest:manifest", "manifest", entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # stored, so that no other zlib gives other bytes
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content)
    return out.getvalue()


def _part(name: str, inside: str) -> str:
    return _document(f"office:{name}", "office", inside)


def _document(name: str, prefix: str, inside: str) -> str:
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} {NAMES} {dublin} {prefix}:version="1.3">{inside}</{name}>'


def _row(cells: Sequence[object], style: str = "") -> str:
    return f"<table:table-row>{''.join(_cell(cell, style) for cell in cells)}</table:table-row>"


def _cell(cell: object, style: str) -> str:
    said = _text(str(cell))
    kind = f'float" office:value="{said}' if isinstance(cell, int | float) else "string"
    return f'<table:table-cell{style} office:value-type="{kind}"><text:p>{said}</text:p></table:table-cell>'


def _text(text: str) -> str:
    return escape(text.translate(UNWRITTEN))


def plain(value: object) -> object:
    """A value that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(BLANK).startswith(FORMULA):
        return f"'{value}"
    return value


def unquoted(cell: str) -> str:
    """A cell that was read, without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and plain(cell[1:]) != cell[1:] else cell
