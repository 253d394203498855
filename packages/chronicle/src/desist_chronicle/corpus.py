"""A million records in some 200 MB: fixed-width rows beside one run of text, instead of a million objects."""

import json
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from desist_chronicle.columns import Columns
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

#: the value of a time that is not known
NO_TIME = -(2**63)
#: the most that a case may hold; a larger case is read in parts
MOST_RECORDS = 5_000_000

KINDS, PRECISIONS, DIRECTIONS = tuple(Kind), tuple(Precision), tuple(Direction)

_KIND_CODES = {kind: code for code, kind in enumerate(KINDS)}
_PRECISION_CODES = {precision: code for code, precision in enumerate(PRECISIONS)}
_DIRECTION_CODES = {direction: code for code, direction in enumerate(DIRECTIONS)}

#: name, struct code and numpy type of each field of a row; times are microseconds since 1970
_FIELDS = (
    ("byte_start", "q", "<i8"),
    ("byte_end", "q", "<i8"),
    ("local", "q", "<i8"),
    ("utc", "q", "<i8"),
    ("text_at", "Q", "<u8"),
    ("seq", "I", "<u4"),
    ("line", "I", "<u4"),
    ("sender", "I", "<u4"),
    ("recipients", "I", "<u4"),
    ("flags", "I", "<u4"),
    ("text_size", "I", "<u4"),
    ("source", "I", "<u4"),
    ("found_size", "H", "<u2"),
    ("kind", "B", "<u1"),
    ("precision", "B", "<u1"),
    ("direction", "B", "<u1"),
)
_ROW = struct.Struct("<" + "".join(code for _, code, _ in _FIELDS))
_DTYPE = np.dtype([(name, form) for name, _, form in _FIELDS])
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clocks have no zone
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000_000


class TooManyRecordsError(Exception):
    """The sources hold more than one case may."""


class BrokenCorpusError(Exception):
    """What another process wrote is cut, or its parts do not fit together."""


class Names(dict[Any, int]):
    """Words that recur (sources, senders), each kept once under a number, which it gets when it is first asked for."""

    def __missing__(self, name: Any) -> int:  # noqa: ANN401 - names and tuples of names alike
        self[name] = code = len(self)
        return code


def instant(moment: datetime) -> int:
    """Return microseconds from 1970 to `moment`: in UTC where it has a zone, else by its own wall clock."""
    since = moment - (_EPOCH_UTC if moment.tzinfo else _EPOCH)
    return since.days * _DAY + since.seconds * 1_000_000 + since.microseconds


def wall_clock(microseconds: int) -> datetime | None:
    """Return a stored local time, without zone."""
    return None if microseconds == NO_TIME else _EPOCH + timedelta(microseconds=microseconds)


def utc_time(microseconds: int) -> datetime | None:
    """Return a stored instant, in UTC."""
    return None if microseconds == NO_TIME else _EPOCH_UTC + timedelta(microseconds=microseconds)


def _fit(rows: NDArray[np.void], size: int) -> bool:
    """Return whether every row lies within its text of so many bytes and has codes that are known."""
    begins = rows["text_at"]
    room = size - np.minimum(begins, size)
    inside = (begins <= size) & (rows["text_size"].astype("<u8") + rows["found_size"] <= room)
    codes = (("kind", KINDS), ("precision", PRECISIONS), ("direction", DIRECTIONS))
    return bool(inside.all()) and all(bool((rows[column] < len(known)).all()) for column, known in codes)


def _microseconds(counts: list[int | None], tick: int) -> NDArray[np.int64]:
    known = np.array([one or 0 for one in counts] if None in counts else counts, dtype="<i8") * tick
    return np.where([one is None for one in counts], NO_TIME, known) if None in counts else known


class Corpus:
    """Records in the order they were read, held in columns; a million take about 70 bytes each and their text."""

    def __init__(self, *, most: int = MOST_RECORDS) -> None:
        self._most = most
        self._rows = bytearray()
        self._text = bytearray()
        self._sources = Names()
        self._handles = Names()
        self._recipients = Names()
        self._flags = Names()

    def __len__(self) -> int:
        return len(self._rows) // _ROW.size

    def add(self, record: Record) -> None:
        """Hold one more record. Raises TooManyRecordsError past the limit."""
        self._room_for(1)
        text = record.text.encode("utf-8", "surrogatepass")
        found = record.sent_found.encode("utf-8", "surrogatepass")[:0xFFFF]
        self._rows += _ROW.pack(
            record.byte_start,
            record.byte_end,
            NO_TIME if record.sent_local is None else instant(record.sent_local),
            NO_TIME if record.sent_utc is None else instant(record.sent_utc),
            len(self._text),
            record.seq,
            record.line,
            self._handles[record.sender],
            self._recipients[record.recipients],
            self._flags[record.flags],
            len(text),
            self._sources[record.source],
            len(found),
            _KIND_CODES[record.kind],
            _PRECISION_CODES[record.precision],
            _DIRECTION_CODES[record.direction],
        )
        self._text += text
        self._text += found

    def extend(self, records: Iterable[Record]) -> None:
        """Hold every one of `records`, taken as a stream."""
        if isinstance(records, Columns):
            self._add_columns(records)
            return
        for record in records:
            self.add(record)

    def _add_columns(self, records: Columns) -> None:
        self._room_for(len(records))
        rows = np.zeros(len(records), dtype=_DTYPE)
        sizes = [
            *(np.fromiter(map(len, texts), "<i8", len(rows)) for texts in (records.texts, records.found))
        ]
        rows["byte_start"], rows["byte_end"] = records.starts[:-1], records.starts[1:]
        rows["local"], rows["utc"] = (
            _microseconds(counts, 1_000_000 // records.ticks) for counts in (records.local, records.utc)
        )
        rows["text_at"] = len(self._text) + np.cumsum(sizes[0] + sizes[1]) - sizes[0] - sizes[1]
        rows["seq"] = np.arange(records.seq, records.seq + len(rows))
        rows["line"] = records.lines
        words: tuple[tuple[str, dict[Any, int], list[Any]], ...] = (
            ("sender", self._handles, records.senders),
            ("recipients", self._recipients, records.recipients),
            ("flags", self._flags, records.flags),
            ("kind", _KIND_CODES, records.kinds),
            ("direction", _DIRECTION_CODES, records.directions),
        )
        for column, codes, values in words:
            rows[column] = np.fromiter(map(codes.__getitem__, values), "<u4", len(rows))
        rows["text_size"], rows["found_size"] = sizes
        rows["source"] = self._sources[records.source]
        rows["precision"] = _PRECISION_CODES[records.precision]
        self._rows += rows.tobytes()
        self._text += b"".join(chain.from_iterable(zip(records.texts, records.found, strict=True)))

    def write(self, out: IO[bytes]) -> None:
        """Write everything, for `take` of another process: a line of JSON with the names, then the rows and the text."""
        names = [self.sources, self.handles, self.recipients, self.flags]
        out.write(json.dumps([len(self), len(self._text), names]).encode() + b"\n")
        out.write(self._rows)
        out.write(self._text)

    def take(self, source: IO[bytes]) -> None:
        """Hold the records that `write` wrote, too. Raises BrokenCorpusError where they are cut or do not fit together."""
        try:
            number, size, (sources, handles, recipients, flags) = json.loads(source.readline())
            self._room_for(number)
            content, text = source.read(number * _ROW.size), source.read(size)
            rows = np.frombuffer(bytearray(content), dtype=_DTYPE)
            if len(rows) != number or len(text) != size or not _fit(rows, size):
                raise BrokenCorpusError
            names = (
                ("source", self._sources, map(str, sources)),
                ("sender", self._handles, map(str, handles)),
                ("recipients", self._recipients, (tuple(map(str, one)) for one in recipients)),
                ("flags", self._flags, (tuple(map(Flag, one)) for one in flags)),
            )
            for column, known, own in names:
                rows[column] = np.array([known[one] for one in own], dtype="<u4")[rows[column]]
        except (ValueError, TypeError, IndexError) as broken:
            raise BrokenCorpusError from broken
        rows["text_at"] += len(self._text)
        self._rows += rows.tobytes()
        self._text += text

    def _room_for(self, more: int) -> None:
        if len(self) + more > self._most:
            raise TooManyRecordsError(
                f"The sources hold more than {self._most:,} records. Read fewer files at a time."
            )

    @property
    def rows(self) -> NDArray[np.void]:
        """Every record as a row of numbers. A view: add nothing while it is in use."""
        return np.frombuffer(self._rows, dtype=_DTYPE)

    @property
    def sources(self) -> list[str]:
        """The names of the sources, at their numbers."""
        return list(self._sources)

    @property
    def handles(self) -> list[str]:
        """The senders as written, at their numbers."""
        return list(self._handles)

    @property
    def recipients(self) -> list[tuple[str, ...]]:
        """The groups of recipients as written, at their numbers."""
        return list(self._recipients)

    @property
    def flags(self) -> list[tuple[Flag, ...]]:
        """The sets of flags, at their numbers."""
        return list(self._flags)

    def flagged(self, wanted: frozenset[Flag]) -> NDArray[np.bool_]:
        """Return per record whether it carries any of the `wanted` flags."""
        answers = np.array([not wanted.isdisjoint(flags) for flags in self.flags], dtype=np.bool_)
        return np.asarray(answers[self.rows["flags"]])

    def text_bytes(self, start: int, size: int) -> bytes:
        """Return a piece of the kept text, as UTF-8."""
        return bytes(self._text[start : start + size])

    def pieces(self, starts: NDArray[Any], sizes: NDArray[Any]) -> list[bytes]:
        """Return many pieces of the kept text, as UTF-8."""
        with memoryview(self._text) as text:
            return [
                text[start:end].tobytes()
                for start, end in zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
            ]

    def reader(self) -> "Reader":
        """Return a reader that gives records back, one or all."""
        return Reader(self)


class Reader:
    """Gives a corpus's records back exactly as they were added."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._rows = corpus.rows
        self._sources = corpus.sources
        self._handles = corpus.handles
        self._recipients = corpus.recipients
        self._flags = corpus.flags

    def __getitem__(self, position: int) -> Record:
        row = self._rows[position].item()
        return self._record(dict(zip(_DTYPE.names or (), row, strict=True)))

    def __iter__(self) -> Iterator[Record]:
        return (self[position] for position in range(len(self._rows)))

    def text(self, position: int) -> str:
        """Return the text of one record."""
        row = self._rows[position]
        return self._corpus.text_bytes(int(row["text_at"]), int(row["text_size"])).decode(
            "utf-8", "surrogatepass"
        )

    def _record(self, row: dict[str, int]) -> Record:
        kept = self._corpus.text_bytes(row["text_at"], row["text_size"] + row["found_size"])
        return Record(
            source=self._sources[row["source"]],
            seq=row["seq"],
            byte_start=row["byte_start"],
            byte_end=row["byte_end"],
            line=row["line"],
            kind=KINDS[row["kind"]],
            sent_local=wall_clock(row["local"]),
            sent_utc=utc_time(row["utc"]),
            precision=PRECISIONS[row["precision"]],
            sender=self._handles[row["sender"]],
            recipients=self._recipients[row["recipients"]],
            direction=DIRECTIONS[row["direction"]],
            text=kept[: row["text_size"]].decode("utf-8", "surrogatepass"),
            flags=self._flags[row["flags"]],
            sent_found=kept[row["text_size"] :].decode("utf-8", "surrogatepass"),
        )
