"""A caseload as one workbook: a sheet for each table; and the template to be filled in. Pure.

A workbook is read by a process of its own, `python -m desist.moving_in.workbooks TABLE ...`, as attachments are
(referral/reading.py): a hostile one uses up that process's time and memory and harms no other work. It comes back as the
files that the same tables are in CSV.
"""

import csv
import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any, cast

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

from desist.referral import office
from desist.referral.reading import MOST_MEMORY
from desist.refusals import Refused

SECONDS = 60
#: the sheet of the template that explains the columns; it may stay there
COLUMNS = "columns"
BROKEN = "The workbook cannot be opened. Save it as .xlsx again, or as CSV, one file a table"
FORMULA = "a cell holds a formula. Copy the cells, paste them as values, and save the workbook again"


def read(content: bytes, *, names: Sequence[str]) -> dict[str, bytes]:
    """Table -> its rows in CSV, empty rows included. Raises Refused.

    Refused is a workbook that runs or fetches anything, holds other files, hides a part, or has a sheet of another name.
    """
    command = [sys.executable, "-I", "-m", "desist.moving_in.workbooks", *names]
    try:
        told = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=True, env={}
        ).stdout
    except subprocess.TimeoutExpired:
        raise Refused("The workbook takes too long to read. Split it, or save each sheet as CSV") from None
    except subprocess.CalledProcessError:
        raise Refused(BROKEN) from None
    said = json.loads(told)
    if isinstance(said, str):
        raise Refused(said)
    return {name: text.encode() for name, text in said.items()}


def answer(content: bytes, names: Sequence[str]) -> dict[str, str] | str:
    """The process's answer: each table as CSV, or the sentence that refuses the workbook."""
    try:
        if not content.startswith(b"PK") or office.kind(content) != "xl":
            return "The workbook is no .xlsx file. Save it as “Excel workbook (.xlsx)”"
        if hides := office.read(content).hides:
            return hides.rstrip(".")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        sheets = cast("list[Worksheet]", book.worksheets)
        return {one.title.strip().lower(): _as_csv(one) for one in sheets if _is_table(one, names)}
    except Refused as reason:
        return str(reason).rstrip(".")
    except Exception:  # noqa: BLE001 -- openpyxl raises whatever its zip, XML and number readers raise
        return BROKEN


def _is_table(sheet: Worksheet, names: Sequence[str]) -> bool:
    name = sheet.title.strip().lower()
    if name not in {*names, COLUMNS}:
        raise Refused(f"No table is named “{sheet.title}”: the sheets are named {', '.join(names)}")
    return name != COLUMNS


def _as_csv(sheet: Worksheet) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(cell.data_type == "f" for cell in cells):
            raise Refused(f"The sheet “{sheet.title}”, row {number}: {FORMULA}")
        writer.writerow([_written(cell.value) for cell in cells])
    return out.getvalue()


def _written(value: Any) -> str:  # noqa: ANN401 -- whatever a cell holds
    """A cell as the same table in CSV would write it: days and times by their kind, whole numbers without a point."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def template(
    sheets: Mapping[str, tuple[Iterable[str], Mapping[str, str]]], explained: Iterable[tuple[str, ...]]
) -> bytes:
    """A workbook with the headings and one invented row for each table, and a sheet that explains the columns."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, (columns, example) in sheets.items():
        _fill(book.create_sheet(name), [list(columns), [example.get(one, "") for one in columns]])
    headings = ("table", "column", "question", "may be empty", "what may stand in it")
    _fill(book.create_sheet(COLUMNS), [headings, *explained])
    stream = io.BytesIO()
    save_workbook(book, stream)
    return stream.getvalue()


def _fill(sheet: Any, rows: Iterable[Iterable[str]]) -> None:  # noqa: ANN401 -- of either kind of openpyxl's
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
    sheet.freeze_panes = "A2"


def main() -> None:
    """Read from the standard input within the limits, and answer on the standard output."""
    with suppress(ValueError, OSError):  # a system that limits no memory still limits the time
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    json.dump(answer(sys.stdin.buffer.read(), sys.argv[1:]), sys.stdout)


if __name__ == "__main__":  # pragma: no cover -- a process of its own, where nothing measures
    main()
