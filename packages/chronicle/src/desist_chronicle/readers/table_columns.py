"""The meaning of a table's columns: from presets by their headings, or stated by a person; never by position."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.local_time import Instant, LocalClock
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.readers.chat_times import NUMBER, clock_of, numbers_of
from desist_chronicle.readers.date_order import WrittenDate, find_order, read_date, stated_date
from desist_chronicle.readers.record_maker import RecordMaker
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

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
#: field -> headings, in small letters, of iMazing's exports, of Cellebrite's sheets and of telephone bills; a person can state
#: those in `FIELDS`
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
    "date": ("date", "call date", "day", "timestamp: date"),
    "clock": ("time", "call time", "start time", "timestamp: time"),
    "sender": (
        "sender name",
        "sender",
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
    "attachment": ("attachment", "attachment #1", "attachment type"),
    "sender number": ("sender id",),
    "reply": ("replying to",),
    "reactions": ("reactions",),
    "edited": ("edited date",),
    "deleted": ("deleted date", "deleted - instant message"),
}
#: what a cell says where nothing was deleted
NOT_DELETED = {"", "no", "false", "intact"}
#: in a diary: the person whom an entry is about, and the event
ABOUT = ("who", "person", "offender", "suspect", "perpetrator", "name of offender", "about")
HAPPENED = (
    *(
        "what happened",
        "incident",
        "what",
        "description",
        "description of incident",
        "event",
        "details",
        "behaviour",
    ),
    *("what they did", "what he did", "what she did"),
)
#: headings that no export of messages has
ONLY_IN_DIARIES = frozenset(
    {
        *(
            "what happened",
            "incident",
            "description of incident",
            "what they did",
            "what he did",
            "what she did",
        ),
        *("witness", "witnesses", "effect on me", "how it made me feel", "how i felt", "crime number"),
    }
)
#: headings that make a diary where nothing speaks of messages
PERHAPS_IN_DIARIES = frozenset(
    {*ABOUT, *HAPPENED, "where", "place", "location", "effect", "impact", "evidence"}
)
#: columns that speak of messages and calls
OF_MESSAGES = frozenset({"sender", "recipient", "direction", "kind", "duration"})
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(
                "jan january",
                "feb february",
                "mar march",
                "apr april",
                "may",
                "jun june",
                "jul july",
                "aug august",
            ),
            *("sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
NAMED_DATE = re.compile(
    r"(?:[a-z]+,?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]+(?P<month>[a-z]{3,9})\.?"
    r"|(?P<month_first>[a-z]{3,9})\.?\s+(?P<day_second>\d{1,2})(?:st|nd|rd|th)?),?[\s-]+(?P<year>\d{4}|\d{2})(?!\d)"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
#: how far a time is from UTC, at its end: in words, or in numbers behind seconds, where they can be no second clock
OFFSET = re.compile(
    r"(?:\s*\(?(?:UTC|GMT)(?:\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?\)?"
    r"|(?<=\d)Z|(?<=:\d\d:\d\d)(?:\.\d+)?\s*(?P<plus>[+-])(?P<ahead>\d{2}):?(?P<more>\d{2}))\Z"
)
#: a clock of one number, as in "9pm"
HOUR = re.compile(r"\s*[0-9]{1,2}\s*[ap]\.?\s?m\.?", re.IGNORECASE)
#: values in the column of kinds that are no call, whatever the duration
WRITTEN = ("text", "sms", "mms", "message")
SENT_WORDS = {"outgoing", "sent", "out", "outbound", "made", "mo"}
RECEIVED_WORDS = {"incoming", "received", "in", "inbound", "mt", "missed"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Field to position in a row."""

    positions: dict[str, int]
    #: the headings of a diary, which name the cells of an entry
    diary: tuple[str, ...] = ()

    def value(self, row: Sequence[object], field: str) -> object:
        """Return the value of a row for a field; None where it has none."""
        position = self.positions.get(field, len(row))
        return row[position] if position < len(row) else ""

    def words(self, row: Sequence[object], field: str) -> str:
        """Return that value as text."""
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
    is_diary = _is_diary(names, {*positions, *(field for field, _ in stated if field != "sender")})
    for field, heading in stated:
        if field not in FIELDS or heading.casefold() not in names:
            raise UnrecognisedSourceError(
                f"--column {field}={heading}: the field must be one of {', '.join(FIELDS)} and the heading one of "
                f"{', '.join(map(str, headings))}."
            )
        positions[field] = names.index(heading.casefold())
    if is_diary:
        _place(positions, names, "sender", ABOUT)
        _place(positions, names, "text", HAPPENED)
    timed = "time" in positions or "date" in positions
    said = positions.keys() & {"text", "duration", "recipient", "sender"}
    if not timed or not said:
        return None
    return Columns(
        positions, diary=tuple(str(heading or "").strip() for heading in headings) if is_diary else ()
    )


def _is_diary(names: list[str], fields: set[str]) -> bool:
    """Return whether it is a person's own diary: the people it names sent nothing."""
    if ONLY_IN_DIARIES.intersection(names):
        return True
    return bool(PERHAPS_IN_DIARIES.intersection(names)) and not OF_MESSAGES & fields


def _place(positions: dict[str, int], names: list[str], field: str, known: tuple[str, ...]) -> None:
    found = next((names.index(heading) for heading in known if heading in names), None)
    if found is not None:
        positions.setdefault(field, found)


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
        plain, ahead = without_offset(found)
        date, clock = self._date_and_clock(plain)
        if date is None:
            return None, found, Precision.UNKNOWN
        midnight = datetime(date.year, date.month, date.day)  # noqa: DTZ001  a wall clock has no zone
        since = clock_of(clock.encode()) if clock else None
        precision = precision_of(clock, since)
        local = midnight + timedelta(seconds=since or 0)
        if ahead is None or since is None:
            return self._clock.instant(local), found, precision
        return self._clock.at(local.replace(tzinfo=timezone(ahead)).astimezone(UTC)), found, precision

    def _date_and_clock(self, found: str) -> tuple[date | None, str]:
        named = named_date(found)
        if named is not None:
            return named
        day, clock = date_and_clock(found)
        return stated_date(day, self._order) if day else None, clock


def without_offset(found: str) -> tuple[str, timedelta | None]:
    """A written time without what states its distance from UTC, and that distance; None where none is stated."""
    match = OFFSET.search(found)
    if match is None or ":" not in found:
        return found, None
    sign, hours, minutes = (
        match["sign"] or match["plus"],
        match["hours"] or match["ahead"],
        match["minutes"] or match["more"],
    )
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return (found[: match.start()], ahead) if abs(ahead) < timedelta(days=1) else (found, None)


def precision_of(clock: str, since: int | None) -> Precision:
    """Return how fine a written clock is; `since` is the value it was read as, None where it could not be."""
    if since is None:
        return Precision.DAY
    return Precision.SECOND if len(NUMBER.findall(clock)) > 2 else Precision.MINUTE


def written_time(columns: Columns, row: Sequence[object]) -> str:
    """Return the date and clock of a row as they stand."""
    if "time" in columns.positions:
        return columns.words(row, "time")
    day, clock = columns.words(row, "date"), columns.words(row, "clock")
    # Cellebrite writes the day once more before the clock
    return clock if day and clock.startswith(day) else f"{day} {clock}".strip()


def date_and_clock(found: str) -> tuple[tuple[int, int, int] | None, str]:
    """The three numbers of a date, and the clock that stands after it."""
    numbers = list(NUMBER.finditer(found))
    if len(numbers) < 3:
        return None, ""
    first, second, third = numbers_of(found[: numbers[2].end()].encode())
    rest = found[numbers[2].end() :].lstrip("T ,")
    return (first, second, third), _clock_in(rest)


def _clock_in(rest: str) -> str:
    """A clock behind a date: two numbers and more, or an hour with its half of the day."""
    return rest if len(NUMBER.findall(rest)) >= 2 or HOUR.fullmatch(rest) else ""


def named_date(found: str) -> tuple[date, str] | None:
    """A date whose month is a word, as in "12 March 2024", and the clock behind it."""
    match = NAMED_DATE.fullmatch(found.strip())
    if match is None:
        return None
    month = MONTHS.get((match["month"] or match["month_first"]).casefold())
    numbers = int(match["day"] or match["day_second"]), month or 0, int(match["year"])
    read = read_date(numbers, DateOrder.DMY)
    return None if read is None else (read, _clock_in(match["rest"].strip(" ,T").removeprefix("at ").strip()))


def order_of(
    *, source: str, options: Options, columns: Columns, rows: Iterable[tuple[int, Sequence[object]]]
) -> tuple[DateOrder, str]:
    """The order of day and month in a table's dates; raises `DateOrderNeededError` when it cannot be told."""
    if options.date_order:
        return options.date_order, "as stated by the person who reads"

    def dates() -> Iterator[WrittenDate]:
        for line, row in rows:
            found = written_time(columns, row)
            if named_date(found):
                named.append(line)
                continue
            day, _ = date_and_clock(found)
            if day and not isinstance(columns.value(row, "time") or columns.value(row, "date"), datetime):
                yield WrittenDate(found, day, line)

    named: list[int] = []
    written = list(dates())
    if not written:
        return DateOrder.DMY, "by the names of the months" if named else "no date is written in numbers"
    if all(one.numbers[0] > 31 for one in written):
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
        if self._columns.diary:
            return self._entry(row, place=place, line=line)
        when, found, precision = self._times.read(row)
        words = {field: self._columns.words(row, field) for field in HEADINGS}
        direction = _direction(words["direction"])
        sender = words["sender"] or words["sender number"]
        return self._make.record(
            kind=_kind(words),
            when=when,
            found=found,
            sender=sender or (self._make.owner if direction == Direction.SENT else ""),
            recipients=(words["recipient"],) if words["recipient"] not in {"", sender} else (),
            direction=direction if direction != Direction.UNKNOWN else None,
            text=_text(words),
            flags=_flags(words),
            place=place,
            line=line,
            precision=precision,
        )

    def _entry(self, row: Sequence[object], *, place: tuple[int, int], line: int) -> Record:
        """Return a diary's entry: a person's note about another, who did not send it."""
        when, found, precision = self._times.read(row)
        cells = zip(self._columns.diary, row, strict=False)
        dated = {self._columns.positions.get(field) for field in ("time", "date", "clock")}
        told = [
            f"{heading}: {cell}" if heading else str(cell)
            for position, (heading, cell) in enumerate(cells)
            if position not in dated and cell not in (None, "")
        ]
        about = self._columns.words(row, "sender")
        return self._make.record(
            kind=Kind.INCIDENT,
            when=when,
            found=found,
            recipients=(about,) if about else (),
            direction=Direction.UNKNOWN,
            text="\n".join(told),
            place=place,
            line=line,
            precision=precision,
        )


def _text(words: dict[str, str]) -> str:
    """What a row says, with what it answers, the name of its file, and who reacted, in brackets."""
    asides = {"reply": "[in reply to: {}]", "attachment": "[{}]", "reactions": "[reactions: {}]"}
    before, file, after = (
        form.format(words[field]) if words[field] else "" for field, form in asides.items()
    )
    said = words["text"]
    if not said and words["duration"]:
        said = f"[call, duration {words['duration']}]"
    return "\n".join(filter(None, (before, said, file if words["attachment"] not in said else "", after)))


def _flags(words: dict[str, str]) -> tuple[Flag, ...]:
    tests = {
        Flag.ATTACHMENT: words["attachment"],
        Flag.DELETED: words["deleted"].casefold() not in NOT_DELETED,
        Flag.EDITED: words["edited"],
        Flag.REACTED_TO: words["reactions"],
    }
    return tuple(flag for flag, holds in tests.items() if holds)


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
    if any(word in said for word in WRITTEN):
        return Kind.MESSAGE
    return Kind.CALL if "call" in said or (words["duration"] and not words["text"]) else Kind.MESSAGE
