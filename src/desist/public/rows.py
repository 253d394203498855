"""Reads the dated tables (CSV) of the site, keeping the line of every row for plain errors."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desist.public.content import readable
from desist.public.problems import Found


@dataclass(frozen=True)
class Row:
    """One line of a table, by the names of its columns."""

    path: Path
    line: int
    cells: Mapping[str, str]
    found: Found

    def get(self, column: str) -> str:
        """A cell's words, or nothing."""
        return self.cells.get(column, "").strip()

    def need(self, column: str) -> str:
        """A cell's words; a mistake when there are none."""
        words = self.get(column)
        if not words:
            self.found.error(self.path, self.line, f"`{column}` is empty: fill it in")
        return words

    def date(self, column: str) -> dt.date | None:
        """A cell's day, written 2027-04-19; None when it is empty."""
        words = self.get(column)
        if not words:
            return None
        try:
            return dt.date.fromisoformat(words)
        except ValueError:
            self.found.error(
                self.path, self.line, f"`{column}` is {words!r}: write a day of the calendar as 2027-04-19"
            )
            return None


def read_rows(path: Path, *, columns: Sequence[str], found: Found) -> Iterator[Row]:
    """The rows of a table; an absent file has none, a wrong heading is a mistake."""
    if not path.is_file():
        return
    reader = csv.DictReader(io.StringIO(readable(path, found=found)), restkey="", restval="")
    heading = list(reader.fieldnames or [])
    if heading != list(columns):
        found.error(path, 1, f"should begin with the columns {','.join(columns)}")
        return
    for cells in reader:
        if "" in cells:
            found.error(
                path,
                reader.line_num,
                "has more cells than columns: put text that has a comma in it between quotes",
            )
            continue
        yield Row(path, reader.line_num, cells, found)
