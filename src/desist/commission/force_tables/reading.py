"""A pasted table, read with its faults: by the reader of public files of desist-evaluation. Pure."""

import csv
import io
from collections.abc import Collection

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.force_files import AreaCount, CountTable, area_name, read_table

HINT = "Paste it with its headings: the first column names areas, each other column a period, such as 2024-25"


class Unreadable(Exception):
    """The table cannot be read; the text says where and why."""


def with_commas(text: str) -> str:
    """Return a table as CSV, also where it was copied from a spreadsheet, which parts cells by tabs."""
    first, _, _ = text.strip("\n").partition("\n")
    if "\t" not in first:
        return text.strip("\n") + "\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(csv.reader(io.StringIO(text.strip("\n")), delimiter="\t"))
    return out.getvalue()


def read(text: str) -> CountTable:
    """Return what a table counts. Raises Unreadable."""
    try:
        return read_table(text=text)
    except InvalidInputError as wrong:
        place = "The table" if wrong.field == "csv" else f"The table, {wrong.field}:"
        raise Unreadable(f"{place} {wrong.rule}") from None
    except csv.Error:
        raise Unreadable(
            "The table has a cell that is too long, or a quotation mark that is not closed"
        ) from None


def newest(text: str, *, names: Collection[str]) -> AreaCount | None:
    """Return the cell of the last period for the area of one of these names; None where the table leaves it out."""
    spelt = {area_name(name).casefold() for name in names}
    found = [one for one in read(text).counts if one.area.casefold() in spelt]
    return max(found, key=lambda one: one.period.end, default=None)
