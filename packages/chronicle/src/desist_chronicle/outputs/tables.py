"""The chronology as a table (CSV) and as JSON lines, written row by row."""

import csv
from collections.abc import Iterable
from typing import TextIO

from desist_chronicle.chronology import Entry, heads, lines
from desist_chronicle.course import Course
from desist_chronicle.jsonl import to_line
from desist_chronicle.occasions import Gap
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.scope import Unused

COLUMNS = (
    *("number", "occasion", "date and time", "UTC", "precision", "kind", "from", "to", "what", "notes"),
    *("exhibit", "first byte", "end byte"),
)
#: a spreadsheet reads a cell that begins with one of these as a formula (OWASP, CSV injection)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe goes before a formula's first sign."""
    if cell.lstrip(" \u00a0\ufeff\u200e\u200f").startswith(_FORMULA_SIGNS) or cell.startswith(_FORMULA_SIGNS):
        return f"'{cell}"
    return cell


def write_rows(*, rows: Iterable[Iterable[str]], to: TextIO) -> None:
    """Write rows as CSV with every cell safe."""
    csv.writer(to).writerows([safe(cell) for cell in row] for row in rows)


def write_chronology(*, course: Course, wording: Wording, to: TextIO) -> None:
    """Write every entry of the chronology as CSV; the columns are COLUMNS."""
    write_rows(rows=[COLUMNS], to=to)
    entries = (line for line in lines(course=course) if isinstance(line, Entry))
    write_rows(rows=(_cells(wording, entry) for entry in entries), to=to)


def _cells(wording: Wording, entry: Entry) -> list[str]:
    row, record = wording.row(entry), wording.record(entry)
    return [
        str(row.number),
        str(row.occasion or ""),
        row.when,
        record.sent_utc.isoformat() if record.sent_utc else "",
        record.precision.value,
        row.kind,
        row.sender,
        row.recipients,
        row.what,
        "; ".join(row.notes),
        row.exhibit,
        str(record.byte_start),
        str(record.byte_end),
    ]


def write_occasions(*, course: Course, to: TextIO) -> None:
    """Write occasions and the quiet times between them as CSV."""
    write_rows(rows=[("occasion", "began", "ended", "made of", "quiet days before")], to=to)
    quiet = ""
    for line in heads(course=course):
        if isinstance(line, Gap):
            quiet = str(line.days)
        else:
            times = [
                f"{at:%Y-%m-%d %H:%M:%S}" if hour else f"{at:%Y-%m-%d}"
                for at, hour in zip((line.began, line.ended), line.hours, strict=True)
            ]
            write_rows(rows=[(str(line.number), *times, line.made_of, quiet)], to=to)
            quiet = ""


def write_records(*, course: Course, wording: Wording, to: TextIO) -> None:
    """Write each entry as it was read, one JSON object a line; unmasked, so never in a masked edition."""
    for entry in lines(course=course):
        if isinstance(entry, Entry):
            place = f'{{"number":{entry.number},"occasion":{entry.occasion or "null"},'
            to.write(place + to_line(wording.record(entry)).decode()[1:] + "\n")


def write_members(*, members: Iterable[Iterable[str]], to: TextIO) -> None:
    """Write every file in an archive as CSV, with what it looks like and whether it was read."""
    write_rows(rows=[("file", "looks like", "read"), *members], to=to)


def write_unused(*, unused: Iterable[Unused], to: TextIO) -> None:
    """Write the draft schedule of unused material as CSV, numbered."""
    write_rows(rows=[("item", "description", "reason", "records", "from", "to")], to=to)
    for number, item in enumerate(unused, start=1):
        days = [str(day) if day else "" for day in (item.first, item.last)]
        cells = (str(number), f"{item.what}: {item.conversation}", item.reason, str(item.records), *days)
        write_rows(rows=[cells], to=to)
