"""Excel workbooks: every sheet whose first row names known columns, read row by row."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from desist_chronicle.errors import ChronicleError, RefusedSourceError, UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_EXPANSION
from desist_chronicle.local_time import clock_of
from desist_chronicle.looks import is_office
from desist_chronicle.options import Options
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_columns import Columns, columns_of
from desist_chronicle.readers.table_records import TableRecords
from desist_chronicle.readers.table_times import TableTimes, order_of
from desist_chronicle.records import Precision, Record
from desist_chronicle.sources import Source

FORMAT = "spreadsheet (XLSX)"
#: the parts that other office documents have in place of a workbook's
OTHER_PARTS = (b"word/", b"ppt/")
#: the last row in which headings may stand
LAST_HEADINGS = 3
#: a part this small is no bomb, however well it compresses
SMALL_PART = 4096


def recognises(head: bytes) -> bool:
    """Whether it is a zip archive of the parts of a workbook: a workbook inside an archive makes that none."""
    is_other = any(part in head for part in OTHER_PARTS) and b"xl/" not in head
    return is_office(head) and not is_other


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The rows of every sheet with known columns, in order; a row's number stands for its line."""
    with source.on_disk(ledger) as path, ExitStack() as stack:
        try:
            _refuse_bomb(source.name, path)
            # Given as a file, because a path must end in the right letters.
            book = openpyxl.load_workbook(
                stack.enter_context(path.open("rb")), read_only=True, data_only=True
            )
        except ChronicleError:
            raise
        except Exception as error:
            raise RefusedSourceError(
                f"{source.name} is a workbook that could not be opened ({error})."
            ) from error
        stack.callback(book.close)
        yield from in_lists(_sheets(source, options, ledger, cast("list[Worksheet]", book.worksheets)))


def _refuse_bomb(name: str, path: Path) -> None:
    with zipfile.ZipFile(path) as container:
        parts = container.infolist()
    if any(part.file_size > MAXIMUM_EXPANSION * max(part.compress_size, SMALL_PART) for part in parts):
        raise RefusedSourceError(
            f"{name} would unpack to more than {MAXIMUM_EXPANSION} times its size, as a zip bomb does."
        )


def _sheets(source: Source, options: Options, ledger: Ledger, sheets: list[Worksheet]) -> Iterator[Record]:
    make = RecordMaker(source=source.name, options=options, precision=Precision.MINUTE)
    for sheet in sheets:
        try:
            table = _table(make, source, options, ledger, sheet)
            if table is not None:
                for number, row in _rows(sheet, table[1]):
                    yield table[0].of(row, place=(-1, -1), line=number)
        except ChronicleError:
            raise
        except Exception as error:  # noqa: BLE001  openpyxl raises whatever its zip, XML and number readers raise
            ledger.stop(f"Reading stopped in the sheet {sheet.title!r}: it is damaged ({error}).")
    if not make.made:
        raise UnrecognisedSourceError(
            f"No sheet of {source.name} has columns that are known to hold times and words. "
            'Say which is which, for example --column "time=Started at" --column "text=What was said".'
        )


def _table(
    make: RecordMaker, source: Source, options: Options, ledger: Ledger, sheet: Worksheet
) -> tuple[TableRecords, int] | None:
    """Return the maker of a sheet's records and its first row below the headings; None, told to the ledger, for a sheet of other content."""
    found = _headed(sheet, options)
    if found is None:
        ledger.note(f"The sheet {sheet.title!r} holds no messages or calls that are known, and was not read.")
        return None
    first, names, columns = found
    ledger.fact(
        f"columns of {sheet.title}",
        ", ".join(f"{name} = {names[at]}" for name, at in columns.positions.items()),
    )
    order, reason = order_of(source=source.name, options=options, columns=columns, rows=_rows(sheet, first))
    ledger.fact("date_order", order.value)
    ledger.fact("date_order_known", reason)
    times = TableTimes(clock=clock_of(options.zone), columns=columns, order=order)
    return TableRecords(make=make, columns=columns, times=times), first


def _headed(sheet: Worksheet, options: Options) -> tuple[int, Sequence[object], Columns] | None:
    """The first row below the headings, the headings, and what they mean; Cellebrite's stand below a title."""
    error = None
    for number, names in enumerate(sheet.iter_rows(values_only=True, max_row=LAST_HEADINGS), start=2):
        try:
            columns = columns_of(names, options.columns)
        except UnrecognisedSourceError as unknown:
            error = error or unknown
            continue
        if columns is not None:
            return number, names, columns
    if error:
        raise error
    return None


def _rows(sheet: Worksheet, first: int) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows below the headings that hold anything, with their numbers."""
    for number, row in enumerate(sheet.iter_rows(values_only=True, min_row=first), start=first):
        if any(cell is not None for cell in row):
            yield number, row
