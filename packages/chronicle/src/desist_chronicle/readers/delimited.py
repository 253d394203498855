"""Tables as text: comma, semicolon or tab between columns, one row a message or call."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.limits import MAXIMUM_RECORD_BYTES
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.encodings import Encoding, encoding_of, windows_1252
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.readers.table_columns import columns_of
from desist_chronicle.readers.table_records import TableRecords
from desist_chronicle.readers.table_times import TableTimes, order_of
from desist_chronicle.records import Kind, Precision, Record
from desist_chronicle.sources import Source, Stream

FORMAT = "table (CSV or TSV)"
PIECE_BYTES = 1 << 18
DELIMITERS = ",;\t|"


class Row(NamedTuple):
    """One row, the bytes it was read from, and its first line."""

    cells: list[str]
    place: tuple[int, int]
    line: int
    damaged: bool = False


def recognises(head: bytes) -> bool:
    """Whether the first row names a column of times and one of words, numbers or durations."""
    text = encoding_of(head).to_utf8(head)
    return columns_of(headings(text)) is not None


def headings(text: bytes) -> list[str]:
    """The cells of the first row."""
    try:
        return next(csv.reader([_first_line(text)], delimiter=delimiter_of(text)), [])
    except csv.Error:
        return []


def _first_line(text: bytes) -> str:
    return text.split(b"\n", 1)[0].decode("utf-8", "replace").strip("\ufeff\r").replace("\x00", "")


def delimiter_of(text: bytes) -> str:
    """The commonest of the usual delimiters in the first row."""
    return max(DELIMITERS, key=_first_line(text).count)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The rows in order; the row of headings is kept as a record of its own kind, so that every byte has one."""
    head = source.head()
    encoding = encoding_of(head)
    text = encoding.to_utf8(head)
    names = headings(text)
    columns = columns_of(names, options.columns)
    if columns is None:
        raise UnrecognisedSourceError(
            f"{source.name} has the columns {', '.join(names)}, and none that is known to hold times and words. "
            'Say which is which, for example --column "time=Started at" --column "text=What was said".'
        )
    ledger.fact("columns", ", ".join(f"{field} = {names[at]}" for field, at in columns.positions.items()))
    ledger.fact("encoding", encoding.name)
    delimiter = delimiter_of(text)
    with source.open(Ledger()) as stream:
        data = ((row.line, row.cells) for row in islice(rows(stream, encoding, delimiter, Ledger()), 1, None))
        order, reason = order_of(source=source.name, options=options, columns=columns, rows=data)
    ledger.fact("date_order", order.value)
    ledger.fact("date_order_known", reason)
    make = RecordMaker(source=source.name, options=options, precision=Precision.MINUTE)
    times = TableTimes(clock=clock_of(options.zone), columns=columns, order=order)
    table = TableRecords(make=make, columns=columns, times=times)
    with source.open(ledger) as stream:
        yield from in_lists(_records(make, table, rows(stream, encoding, delimiter, ledger)))
        ledger.accountable_bytes = stream.size


def _records(make: RecordMaker, table: TableRecords, found: Iterator[Row]) -> Iterator[Record]:
    for row in found:
        if row.damaged:
            yield make.unread(place=row.place, line=row.line)
        elif make.made == 0 or not any(row.cells):
            kind = Kind.SYSTEM if make.made else Kind.HEADING
            yield make.unread(place=row.place, line=row.line, text=" ".join(row.cells))._replace(
                kind=kind, flags=()
            )
        else:
            yield table.of(row.cells, place=row.place, line=row.line)


def rows(stream: Stream, encoding: Encoding, delimiter: str, ledger: Ledger) -> Iterator[Row]:
    """The rows of a table; cells may hold line breaks."""
    lines = _Lines(stream, encoding)
    reader = csv.reader(lines, delimiter=delimiter, strict=False)
    start, line = 0, 1
    while True:
        damaged, cells = False, list[str]()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            damaged = True
            ledger.note(
                f"The row at byte {start:,}, line {line:,} is damaged ({error}); it is kept as unread."
            )
        yield Row(cells, (start, lines.offset), line, damaged)
        start, line = lines.offset, lines.number + 1
    if start < stream.size:
        yield Row([], (start, stream.size), line, damaged=True)


class _Lines:
    """The lines of a stream as text, counting the bytes they were read from."""

    def __init__(self, stream: Stream, encoding: Encoding) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decode = encoding.decoder()
        self._buffer = b""
        self._lines: list[bytes] = []
        self.offset = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while not self._lines:
            if not self._fill():
                raise StopIteration
        line = self._lines.pop()
        self.offset += self._encoding.measure(line)
        self.number += 1
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = windows_1252(line)
        return text.removeprefix("\ufeff") if self.number == 1 else text

    def _fill(self) -> bool:
        piece = self._stream.read(PIECE_BYTES)
        whole = self._buffer + self._decode(piece)
        if not piece or len(whole) > MAXIMUM_RECORD_BYTES:
            self._buffer, ready = b"", whole
        else:
            cut = whole.rfind(b"\n") + 1
            ready, self._buffer = whole[:cut], whole[cut:]
        self._lines = [line + b"\n" for line in ready.split(b"\n")]
        last = self._lines.pop()[:-1]
        if last:
            self._lines.append(last)
        self._lines.reverse()
        return bool(piece)
