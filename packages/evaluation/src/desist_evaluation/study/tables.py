"""Tables as the annex shows them and as files of their own: the same cells, once."""

import csv
import io
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | None

#: Signs that begin a formula in some spreadsheet; full-width signs are read as plain ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Signs that a spreadsheet skips before it: blanks, the mark at the beginning of a file, and marks of direction.
BLANK = " \u00a0\ufeff\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A named table. The first column heads its row; None is a missing figure."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def figures(self) -> frozenset[int]:
        """The columns that hold numbers, known or not, by place."""
        return frozenset(
            place
            for row in self.rows
            for place, cell in enumerate(row)
            if place and (cell is None or isinstance(cell, int | float))
        )

    def as_csv(self) -> str:
        """The table as CSV, with None as an empty cell and no text that a spreadsheet would run."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([_inert(column) for column in self.columns])
        writer.writerows([[_inert(cell) for cell in row] for row in self.rows])
        return text.getvalue()


def _inert(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs, in one line: the csv module quotes no carriage return alone."""
    if not isinstance(cell, str):
        return cell
    risky = cell.startswith(FORMULA) or cell.lstrip(BLANK).startswith(FORMULA)
    return ("'" if risky else "") + cell.replace("\r", " ")


def written(cell: Cell) -> str:
    """A cell in the page: thousands with commas, None in words."""
    if cell is None:
        return "not known"
    return f"{cell:,}" if isinstance(cell, int | float) else cell


def day(on: date) -> str:
    """A day in the page, as 3 March 2026; files hold it as 2026-03-03."""
    return f"{on.day} {on:%B %Y}"


def percent(share: float | None) -> float | None:
    """A share as a percentage with one decimal."""
    return None if share is None else round(100 * share, 1)


def digits(value: float | None, places: int = 2) -> float | None:
    """Return a number with this many decimals, nought without a sign; None stays None."""
    return None if value is None else round(value, places) + 0.0
