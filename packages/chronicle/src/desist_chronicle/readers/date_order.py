"""The order of day, month and year: found from the dates of the whole source, or asked, never guessed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desist_chronicle.errors import DateExample, DateOrderNeededError
from desist_chronicle.local_time import FIRST_YEAR, LAST_YEAR
from desist_chronicle.options import DateOrder

#: a wrong reading jumps backwards at almost every turn of a month; a right one hardly ever
BACKWARD_STEPS = 3
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as found, its three numbers in the order in which they stand, and its line."""

    found: str
    numbers: tuple[int, int, int]
    line: int


def read_date(numbers: tuple[int, int, int], order: DateOrder) -> date | None:
    """Return the day that three numbers mean in this order; None where there is no such day."""
    first, second, third = numbers
    day, month, year = {
        DateOrder.DMY: (first, second, third),
        DateOrder.MDY: (second, first, third),
        DateOrder.YMD: (third, second, first),
    }[order]
    year += 2000 if year < 100 else 0
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= year <= LAST_YEAR else None


def stated_date(numbers: tuple[int, int, int], order: DateOrder) -> date | None:
    """Return the day in an order that was stated, perhaps for another file: what cannot be a day in front is the year."""
    return read_date(numbers, DateOrder.YMD if numbers[0] > 31 else order)


class _Reading:
    """One order tried on every date: whether it can be, and how often time would run backwards."""

    def __init__(self, order: DateOrder) -> None:
        self.order = order
        self.backwards = 0
        self._last = date.min

    def accepts(self, numbers: tuple[int, int, int]) -> bool:
        found = read_date(numbers, self.order)
        if found is None:
            return False
        self.backwards += found < self._last
        self._last = found
        return True


def find_order(
    *, source: str, dates: Iterable[WrittenDate], candidates: tuple[DateOrder, ...]
) -> tuple[DateOrder, str]:
    """Return the order of a source's dates and how it is known, in words.

    Stops reading as soon as one order is left. Raises `DateOrderNeededError` when two orders fit.
    """
    if len(candidates) == 1:
        return candidates[0], "by the way the dates are written"
    readings = [_Reading(order) for order in candidates]
    examples: list[WrittenDate] = []
    for written in dates:
        left = [reading for reading in readings if reading.accepts(written.numbers)]
        # A date that fits no order is damage, and says nothing about the order.
        readings = left or readings
        if len(readings) == 1:
            return readings[0].order, f"by the date {written.found} in line {written.line:,}"
        best, second = sorted(readings, key=lambda reading: reading.backwards)[:2]
        if second.backwards >= BACKWARD_STEPS + 10 * best.backwards:
            return best.order, "by the sequence of the dates: read otherwise, time runs backwards"
        examples.append(written)
    if all(_same(readings, written) for written in examples):
        return readings[0].order, "either way, every date means the same day"
    raise DateOrderNeededError(source, tuple(_shown(readings, examples)))


def _same(readings: list[_Reading], written: WrittenDate) -> bool:
    return len({read_date(written.numbers, reading.order) for reading in readings}) == 1


def _shown(readings: list[_Reading], examples: list[WrittenDate]) -> Iterator[DateExample]:
    unlike = [written for written in examples if not _same(readings, written)]
    for written in unlike[:EXAMPLES]:
        days = (read_date(written.numbers, reading.order) for reading in readings)
        yield DateExample(written.line, written.found, tuple(f"{day:%-d %B %Y}" for day in days if day))
