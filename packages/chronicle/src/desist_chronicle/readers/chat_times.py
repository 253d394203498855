"""The dates and clocks of a chat's headers to instants, each different one worked out once."""

import re
from datetime import datetime, timedelta
from operator import add
from typing import NamedTuple, cast

from desist_chronicle.local_time import EPOCH, WALL_CLOCK_EPOCH, LocalClock
from desist_chronicle.options import DateOrder
from desist_chronicle.readers.date_order import stated_date
from desist_chronicle.readers.header_styles import HALVES
from desist_chronicle.records import Flag

NUMBER = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]{1,9}")
INVISIBLE = re.compile("[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+")


def numbers_of(written: bytes) -> tuple[int, ...]:
    """Return the numbers in a date or clock, in any digits."""
    return tuple(int(number) for number in NUMBER.findall(written.decode()))


def clock_of(written: bytes) -> int | None:
    """Return seconds since midnight, morning and evening told apart; None where there is no such time."""
    hour, minute, second = (*numbers_of(written), 0, 0)[:3]
    word = INVISIBLE.sub("", NUMBER.sub("", written.decode()).replace(":", ""))
    half = HALVES.get(word.casefold(), HALVES.get(word.strip(".").casefold()))
    if half is not None and hour <= 12:
        hour = hour % 12 + half
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


class _Days(dict[bytes, int]):
    """Written dates to midnight by the wall clock, and in `instants` as an instant.

    Those that need care are in `uneven`; those that are no dates in `wrong`.
    """

    def __init__(self, clock: LocalClock, order: DateOrder) -> None:
        super().__init__()
        self._clock = clock
        self._order = order
        self.instants: dict[bytes, int] = {}
        self.uneven: set[bytes] = set()
        self.wrong: set[bytes] = set()

    def __missing__(self, written: bytes) -> int:
        first, second, third = numbers_of(written)
        if day := stated_date((first, second, third), self._order):
            midnight = self._clock.day(day)
            local = seconds_of(midnight.local)
            utc = seconds_of(midnight.utc) if midnight.utc else local
            self.uneven.update([written] * (midnight.utc is None))
        else:
            local = utc = 0
            self.wrong.add(written)
        self[written], self.instants[written] = local, utc
        return local


class _Clocks(dict[bytes, int]):
    """Written clock times -> seconds since midnight; a text that is no time is named in `wrong`."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: set[bytes] = set()

    def __missing__(self, written: bytes) -> int:
        found = clock_of(written)
        if found is None:
            self.wrong.add(written)
        self[written] = seconds = found or 0
        return seconds


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970, of an instant or of a wall clock."""
    since = moment - (EPOCH if moment.tzinfo else WALL_CLOCK_EPOCH)
    return since.days * 86_400 + since.seconds


class Times(NamedTuple):
    """The times of one block's headers in seconds since 1970; `flags` only where there are any, by position."""

    local: list[int | None]
    utc: list[int | None]
    flags: dict[int, tuple[Flag, ...]]


class Stamps:
    """The times of a chat's headers."""

    def __init__(self, *, clock: LocalClock, order: DateOrder) -> None:
        self._clock = clock
        self._locals = _Days(clock, order)
        self._instants = self._locals.instants
        self._clocks = _Clocks()

    def read(self, *, dates: list[bytes], clocks: list[bytes], after: int | None) -> Times:
        """The times of headers in the order of the file; `after` is the instant before the first."""
        since = list(map(self._clocks.__getitem__, clocks))
        local: list[int | None] = list(map(add, map(self._locals.__getitem__, dates), since))
        utc: list[int | None] = list(map(add, map(self._instants.__getitem__, dates), since))
        times = Times(local, utc, {})
        self._correct(times, dates, clocks, after)
        return times

    def _correct(self, times: Times, dates: list[bytes], clocks: list[bytes], after: int | None) -> None:
        """Work out one by one the times on days on which the clocks change, and those that are none."""
        uneven, no_day, no_clock = self._locals.uneven, self._locals.wrong, self._clocks.wrong
        if uneven.isdisjoint(dates) and no_day.isdisjoint(dates) and no_clock.isdisjoint(clocks):
            return
        for index, (day, clock) in enumerate(zip(dates, clocks, strict=True)):
            if clock in no_clock or day in no_day:
                times.local[index] = times.utc[index] = None
                times.flags[index] = (Flag.TIME_UNREADABLE,)
            elif day in uneven:
                self._place(times, index, times.utc[index - 1] if index else after)

    def _place(self, times: Times, index: int, before: int | None) -> None:
        local = WALL_CLOCK_EPOCH + timedelta(seconds=cast("int", times.local[index]))
        earlier = None if before is None else EPOCH + timedelta(seconds=before)
        found = self._clock.instant(local, after=earlier)
        times.utc[index] = seconds_of(found.utc)
        if found.flags:
            times.flags[index] = found.flags
