"""Tables as the annex shows them and as files of their own: the same cells, once."""

import csv
import io
from dataclasses import dataclass

Cell = str | int | float | None

#: A spreadsheet runs a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A named table. The first column heads its row; None is a figure that cannot be given."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def figures(self) -> frozenset[int]:
        """The columns that hold numbers, by place."""
        return frozenset(
            place
            for row in self.rows
            for place, cell in enumerate(row)
            if place and isinstance(cell, int | float)
        )

    def as_csv(self) -> str:
        """The table as CSV, with None as an empty cell and no text that a spreadsheet would run."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([[_inert(cell) for cell in row] for row in self.rows])
        return text.getvalue()


def _inert(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def written(cell: Cell) -> str:
    """A cell in the page: thousands with commas, None in words."""
    if cell is None:
        return "not known"
    return f"{cell:,}" if isinstance(cell, int | float) else cell


def percent(share: float | None) -> float | None:
    """A share as a percentage with one decimal."""
    return None if share is None else round(100 * share, 1)


def digits(value: float | None, places: int = 2) -> float | None:
    """A number with so many decimals; None stays None."""
    return None if value is None else round(value, places)
