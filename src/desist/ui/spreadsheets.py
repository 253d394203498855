"""Tables as files that any spreadsheet opens: marked as UTF-8, and with no cell that it takes for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

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


def plain(value: object) -> object:
    """A value that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(BLANK).startswith(FORMULA):
        return f"'{value}"
    return value


def unquoted(cell: str) -> str:
    """A cell that was read, without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and plain(cell[1:]) != cell[1:] else cell
