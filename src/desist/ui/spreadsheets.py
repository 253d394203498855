"""Tables as files that any spreadsheet opens: told that they are UTF-8, and with no cell that is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

#: what begins a formula in one spreadsheet or another, also after blanks
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A line of names and a line a row, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return f"{MARK}{out.getvalue()}".encode()


def plain(value: object) -> object:
    """A value that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return value
