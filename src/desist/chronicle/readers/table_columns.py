"""Which column of a table is what: presets known by their headings, or said by a person; never by position."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desist.chronicle.errors import UnrecognisedSourceError
from desist.chronicle.local_time import Instant, LocalClock
from desist.chronicle.options import DateOrder, Options
from desist.chronicle.readers.chat_times import NUMBER, clock_of, numbers_of
from desist.chronicle.readers.date_order import WrittenDate, find_order, read_date
from desist.chronicle.readers.record_maker import RecordMaker
from desist.chronicle.records import Direction, Flag, Kind, Precision, Record

FIELDS = (
    "time",
    "date",
    "clock",
    "sender",
    "recipient",
    "direction",
    "text",
    "duration",
    "kind",
    "attachment",
)
#: field -> headings, in small letters, of iMazing's exports and of telephone bills
HEADINGS = {
    "time": (
        "message date",
        "date/time",
        "date and time",
        "datetime",
        "timestamp",
        "date & time",
        "sent",
        "created",
    ),
    "date": ("date", "call date", "day"),
    "clock": ("time", "call time", "start time"),
    "sender": (
        "sender name",
        "sender",
        "sender id",
        "from",
        "calling number",
        "caller",
        "a number",
        "origin",
    ),
    "recipient": (
        "chat session",
        "recipient",
        "to",
        "called number",
        "number called",
        "b number",
        "number",
        "dialled number",
        "destination number",
    ),
    "direction": ("type", "direction", "call direction", "in/out"),
    "text": ("text", "message", "body", "content", "subject"),
    "duration": ("duration", "call duration", "length", "duration (seconds)", "minutes"),
    "kind": ("service", "call type", "service type", "usage type"),
    "attachment": ("attachment", "attachment type"),
}
SENT_WORDS = {"outgoing", "sent", "out", "outbound", "made", "mo"}
RECEIVED_WORDS = {"incoming", "received", "in", "inbound", "mt", "missed"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Field to position in a row."""

    positions: dict[str, int]

    def value(self, row: Sequence[object], field: str) -> object:
        """What a row holds for a field; nothing where it has none."""
        position = self.positions.get(field, len(row))
        return row[position] if position < len(row) else ""

    def words(self, row: Sequence[object], field: str) -> str:
        """The same as text."""
        value = self.value(row, field)
        return "" if value is None else str(value).replace("\r\n", "\n").strip()


def columns_of(headings: Sequence[object], stated: tuple[tuple[str, str], ...] = ()) -> Columns | None:
    """The columns of a table with these headings; None when it has no time or nothing beside it.

    Raises `UnrecognisedSourceError` for a stated field or heading that does not exist.
    """
    names = [str(heading or "").strip().casefold() for heading in headings]
    positions: dict[str, int] = {}
    for field, known in HEADINGS.items():
        found = next((names.index(heading) for heading in known if heading in names), None)
        if found is not None:
            positions[field] = found
    for field, heading in stated:
        if field not in FIELDS or heading.casefold() not in names:
            raise UnrecognisedSourceError(
                f"--column {field}={heading}: the field must be one of {', '.join(FIELDS)} and the heading one of "
                f"{', '.join(map(str, headings))}."
            )
        positions[field] = names.index(heading.casefold())
    timed = "time" in positions or "date" in positions
    said = positions.keys() & {"text", "duration", "recipient", "sender"}
    return Columns(positions) if timed and said else None


class TableTimes:
    """Reads the times of one table, whose order of day and month was found from all of its rows."""

    def __init__(self, *, clock: LocalClock, columns: Columns, order: DateOrder) -> None:
        self._clock = clock
        self._columns = columns
        self._order = order

    def read(self, row: Sequence[object]) -> tuple[Instant | None, str, Precision]:
        """The instant of a row, the time as found, and how precise it is."""
        value = self._columns.value(row, "time") or self._columns.value(row, "date")
        found = written_time(self._columns, row)
        if isinstance(value, datetime):
            return self._clock.instant(value.replace(tzinfo=None)), found, Precision.SECOND
        day, clock = date_and_clock(found)
        date = read_date(day, self._order) if day else None
        if date is None or day is None:
            return None, found, Precision.UNKNOWN
        midnight = datetime(date.year, date.month, date.day)  # noqa: DTZ001  a wall clock has no zone
        since = clock_of(clock.encode()) if clock else None
        precision = _precision(clock, since)
        return self._clock.instant(midnight + timedelta(seconds=since or 0)), found, precision


def _precision(clock: str, since: int | None) -> Precision:
    if since is None:
        return Precision.DAY
    return Precision.SECOND if len(NUMBER.findall(clock)) > 2 else Precision.MINUTE


def written_time(columns: Columns, row: Sequence[object]) -> str:
    """The date and clock of a row as they stand."""
    if "time" in columns.positions:
        return columns.words(row, "time")
    return f"{columns.words(row, 'date')} {columns.words(row, 'clock')}".strip()


def date_and_clock(found: str) -> tuple[tuple[int, int, int] | None, str]:
    """The three numbers of a date, and the clock that stands after it."""
    numbers = list(NUMBER.finditer(found))
    if len(numbers) < 3:
        return None, ""
    first, second, third = numbers_of(found[: numbers[2].end()].encode())
    rest = found[numbers[2].end() :].lstrip("T ,")
    return (first, second, third), rest if len(NUMBER.findall(rest)) >= 2 else ""


def order_of(
    *, source: str, options: Options, columns: Columns, rows: Iterable[tuple[int, Sequence[object]]]
) -> tuple[DateOrder, str]:
    """The order of day and month in a table's dates; raises `DateOrderNeededError` when it cannot be told."""
    if options.date_order:
        return options.date_order, "as stated by the person who reads"

    def dates() -> Iterator[WrittenDate]:
        for line, row in rows:
            found = written_time(columns, row)
            day, _ = date_and_clock(found)
            if day and not isinstance(columns.value(row, "time") or columns.value(row, "date"), datetime):
                yield WrittenDate(found, day, line)

    written = list(dates())
    if written and all(one.numbers[0] > 31 for one in written):
        return DateOrder.YMD, "by the way the dates are written"
    return find_order(source=source, dates=iter(written), candidates=(DateOrder.DMY, DateOrder.MDY))


class TableRecords:
    """Makes the records of one table."""

    def __init__(self, *, make: RecordMaker, columns: Columns, times: TableTimes) -> None:
        self._make = make
        self._columns = columns
        self._times = times

    def of(self, row: Sequence[object], *, place: tuple[int, int], line: int) -> Record:
        """The record of one row."""
        when, found, precision = self._times.read(row)
        words = {field: self._columns.words(row, field) for field in FIELDS}
        direction = _direction(words["direction"])
        text = words["text"]
        if not text and words["duration"]:
            text = f"[call, duration {words['duration']}]"
        return self._make.record(
            kind=_kind(words),
            when=when,
            found=found,
            sender=words["sender"] or (self._make.owner if direction == Direction.SENT else ""),
            recipients=(words["recipient"],) if words["recipient"] else (),
            direction=direction if direction != Direction.UNKNOWN else None,
            text=text,
            flags=(Flag.ATTACHMENT,) if words["attachment"] else (),
            place=place,
            line=line,
            precision=precision,
        )


def _direction(words: str) -> Direction:
    said = words.casefold()
    if said in SENT_WORDS:
        return Direction.SENT
    return Direction.RECEIVED if said in RECEIVED_WORDS else Direction.UNKNOWN


def _kind(words: dict[str, str]) -> Kind:
    said = f"{words['kind']} {words['direction']}".casefold()
    if "missed" in said:
        return Kind.MISSED_CALL
    if "voicemail" in said:
        return Kind.VOICEMAIL
    if "notification" in said:
        return Kind.SYSTEM
    return Kind.CALL if "call" in said or (words["duration"] and not words["text"]) else Kind.MESSAGE
