"""The times of a table's rows, whatever the order of day and month, and of other sources that write dates in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from desist_chronicle.local_time import Instant, LocalClock
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.readers.chat_times import NUMBER, clock_of, numbers_of
from desist_chronicle.readers.date_order import WrittenDate, find_order, read_date, stated_date
from desist_chronicle.readers.table_columns import Columns
from desist_chronicle.records import Precision

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
    if found[-1:].isdigit() and "+" not in found[-7:] and "-" not in found[-7:]:
        return found, None
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
