"""A file as it was handed over, read into rows of cells: CSV with commas, semicolons or tabs, or an Excel workbook."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice

from desist_evaluation.checks import InvalidInputError

#: The first bytes of an Excel workbook (a zip archive), and of what Excel wrote before 2007.
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: A workbook that unpacks to more than this is a bomb, or not a study.
MOST_UNPACKED = 500_000_000
SIGNS = (",", ";", "\t")
#: Texts that Excel shows where a formula has no answer.
ERRORS = frozenset({"#DIV/0!", "#REF!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"})
#: Numbers as files with semicolons write them: 38,5.
DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
WHOLE = re.compile(r"[-+]?\d+")
NUMBERED_DAY = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
#: The midnight that a spreadsheet adds to a day.
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
#: Rows that are read at a time.
PART = 2_000
#: The rows under a header, each after its line in the file.
Lines = Iterator[tuple[int, Sequence[str]]]


class DateOrder(StrEnum):
    """Which of day, month and year comes first, second and third where a day is written in numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A file's cells by the names of its columns; `lines` are the places of the rows in the file."""

    file: str
    columns: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]
    order: DateOrder | None = None

    def place(self, row: int) -> str:
        """Return the words for the place of a row, counted from nought: EPISODES line 7."""
        return f"{self.file} line {self.lines[row]}"

    def filled(self, name: str) -> tuple[str, ...]:
        """Return a column in which every row must have a word. Raises `InvalidInputError` with its line."""
        column = self.columns[name]
        if "" in column:
            raise InvalidInputError(f"{self.place(column.index(''))}, {name}", "is needed")
        return column

    def words(self, name: str) -> Sequence[str]:
        """Return a column, in which cells may be empty; all are if the file has none of the name."""
        return self.columns.get(name, ("",) * len(self.lines))

    def days(self, name: str) -> list[date | None]:
        """Return a column of days, written as 2026-11-24 or in numbers in the stated order; None where there is none."""
        column = self.words(name)
        known: dict[str, date | None] = {
            cell: self._day(name, cell, column) if cell else None for cell in dict.fromkeys(column)
        }
        return [known[cell] for cell in column]

    def _day(self, name: str, text: str, column: Sequence[str]) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._numbered_day(self.place(column.index(text)), name, text)

    def _numbered_day(self, place: str, name: str, text: str) -> date:
        found = _ordered(f"{place}, {name}", text, self.order)
        try:
            return date.fromisoformat(found)
        except ValueError:
            ordered = f" in the order {self.order}" if self.order else ""
            raise InvalidInputError(
                f"{place}, {name}", f"must be a day written as 2026-11-24{ordered}, not {text!r:.60}"
            ) from None


def read_sheet(
    file: str, content: str | bytes, *, needed: tuple[str, ...], order: DateOrder | None = None
) -> Sheet:
    """Return the cells of a CSV text or of a file's bytes. Raises `InvalidInputError` with the file and the line."""
    if isinstance(content, bytes) and content.startswith(OLD_WORKBOOK):
        raise InvalidInputError(
            file, "is an Excel file of before 2007 (.xls): save it as .xlsx and try again"
        )
    sign = ""
    if isinstance(content, bytes) and content.startswith(WORKBOOK):
        header, body = _workbook(file, content, needed)
    else:
        text = decoded(file, content)
        sign = _sign(text, needed)
        header, body = _text(file, text, sign)
    _check_header(file, header, needed)
    lines, columns = _columns(file, header, body)
    if sign == ";":
        columns = [_with_points(column) for column in columns]
    return Sheet(
        file=file, columns=dict(zip(header, map(tuple, columns), strict=True)), lines=lines, order=order
    )


def _columns(file: str, header: Sequence[str], body: Lines) -> tuple[tuple[int, ...], list[list[str]]]:
    """Return the place of every row, and the cells by column, without spaces around them. Rows are let go of in parts."""
    lines: list[int] = []
    columns: list[list[str]] = [[] for _ in header]
    while part := list(islice(body, PART)):
        added = [list(map(str.strip, column)) for column in zip(*(cells for _, cells in part), strict=False)]
        whole = all(len(cells) == len(header) for _, cells in part)
        if not whole or not all(map(ERRORS.isdisjoint, added)):
            raise _wrong_cells(file, header, part)
        lines += [line for line, _ in part]
        for column, more in zip(columns, added, strict=True):
            column.extend(more)
    return tuple(lines), columns


def decoded(file: str, content: str | bytes) -> str:
    """Return the text of a file without the mark at its beginning."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(file, "is not UTF-8 text: save it as CSV UTF-8 and try again") from None
    return text.removeprefix("\ufeff")


def _check_header(file: str, header: Sequence[str], needed: Sequence[str]) -> None:
    for name in needed:
        if name not in header:
            raise InvalidInputError(file, f"must have a column {name}; it has {', '.join(header) or 'none'}")
    repeated = [name for name, times in Counter(header).items() if times > 1]
    if repeated or not all(header):
        raise InvalidInputError(
            file, f"must name every column once ({', '.join(repeated) or 'one is empty'})"
        )


def _wrong_cells(
    file: str, header: Sequence[str], part: Sequence[tuple[int, Sequence[str]]]
) -> InvalidInputError:
    """Return what is wrong in the first of these rows that has more or fewer cells than the header, or an error as a cell."""
    rows = ((line, list(map(str.strip, cells))) for line, cells in part)
    line, cells = next(row for row in rows if len(row[1]) != len(header) or not ERRORS.isdisjoint(row[1]))
    place = f"{file} line {line}"
    if len(cells) != len(header):
        return InvalidInputError(place, f"must have {len(header)} cells, not {len(cells)}")
    name, cell = next(pair for pair in zip(header, cells, strict=True) if pair[1] in ERRORS)
    return InvalidInputError(
        f"{place}, {name}",
        f"holds a formula without an answer, {cell}: write the value or leave it empty",
    )


def _text(file: str, text: str, sign: str) -> tuple[list[str], Lines]:
    rows = _read(file, text, sign)
    _, header = next(rows, (0, ()))
    return list(map(str.strip, header)), rows


def _read(file: str, text: str, sign: str) -> Lines:
    reader = csv.reader(io.StringIO(text.rstrip(), newline=""), delimiter=sign)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InvalidInputError(
            f"{file} line {reader.line_num}", f"is no line of a table ({error})"
        ) from None


def _sign(text: str, needed: Sequence[str]) -> str:
    """Return the sign between cells: the first sign that gives the required columns."""
    first = text.partition("\n")[0]
    for sign in SIGNS:
        names = next(csv.reader([first], delimiter=sign), [])
        if set(needed) <= {name.strip() for name in names}:
            return sign
    return SIGNS[0]


def _with_points(column: list[str]) -> list[str]:
    """Return a column that holds only numbers with 38.5 for 38,5; any other as it is."""
    known = [cell for cell in column if cell]
    fractions = {cell for cell in known if DECIMAL_COMMA.fullmatch(cell)}
    if not fractions or not all(cell in fractions or WHOLE.fullmatch(cell) for cell in known):
        return column
    return [cell.replace(",", ".") for cell in column]


def _workbook(file: str, content: bytes, needed: Sequence[str]) -> tuple[list[str], Lines]:
    """Return the first sheet that has the required columns, or else the first sheet."""
    import openpyxl  # noqa: PLC0415  a fifth of a second, and most files are no workbooks

    try:
        _refuse_bomb(file, content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [list(_rows(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except InvalidInputError:
        raise
    except Exception:  # noqa: BLE001  openpyxl raises whatever its zip, XML and number readers raise
        raise InvalidInputError(
            file, "is a workbook that could not be opened: save it as CSV UTF-8 and try again"
        ) from None
    filled = [rows for rows in sheets if rows]
    chosen = next((rows for rows in filled if set(needed) <= set(rows[0][1])), filled[0] if filled else [])
    if not chosen:
        return [], iter(())
    header = _trimmed(chosen[0][1], 0)
    return header, ((line, _trimmed(cells, len(header))) for line, cells in chosen[1:])


def _refuse_bomb(file: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        unpacked = sum(part.file_size for part in container.infolist())
    if unpacked > MOST_UNPACKED:
        raise InvalidInputError(file, f"would unpack to more than {MOST_UNPACKED // 1_000_000} MB")


def _rows(rows: Iterator[Sequence[object]]) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that hold anything, with their numbers and their cells as text."""
    for line, row in enumerate(rows, start=1):
        cells = [_written(cell) for cell in row]
        if any(cells):
            yield line, cells


def _written(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def _trimmed(cells: list[str], least: int) -> list[str]:
    """Return the cells without empty ones at the end, but at least this many."""
    while len(cells) > least and not cells[-1]:
        cells = cells[:-1]
    return cells + [""] * (least - len(cells))


def _ordered(place: str, text: str, order: DateOrder | None) -> str:
    """Return a day in numbers as 2026-11-24; a text that is no such day comes back unchanged."""
    day = MIDNIGHT.sub("", text)
    found = NUMBERED_DAY.fullmatch(day)
    if found is None or (len(found[1]) == 4 and "-" in day):
        return day
    if order is None:
        raise InvalidInputError(
            place,
            f"must be a day written as 2026-11-24, not {text!r:.60}. If the day comes first, say --date-order dmy; "
            "if the month does, mdy; if the year does, ymd",
        )
    parts = dict(zip(order.value, found.groups(), strict=True))
    if len(parts["y"]) != 4 or max(len(parts["d"]), len(parts["m"])) > 2:
        raise InvalidInputError(
            place, f"must have a year of four digits in the order {order.value}, not {text!r:.60}"
        )
    return f"{parts['y']}-{parts['m']:0>2}-{parts['d']:0>2}"
