"""The dates and clocks of a chat's headers to instants, each different one worked out once."""

import re
from datetime import datetime, timedelta
from operator import add
from typing import NamedTuple, cast

from desist.chronicle.local_time import LocalClock
from desist.chronicle.options import DateOrder
from desist.chronicle.readers.date_order import read_date
from desist.chronicle.readers.header_styles import HALVES
from desist.chronicle.records import Flag

NUMBER = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]{1,9}")
INVISIBLE = re.compile("[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+")


def numbers_of(written: bytes) -> tuple[int, ...]:
    """The numbers in a date or clock, in whatever digits."""
    return tuple(int(number) for number in NUMBER.findall(written.decode()))


def clock_of(written: bytes) -> timedelta | None:
    """Hours, minutes and seconds since midnight, morning and evening told apart; None when there is no such time."""
    hour, minute, second = (*numbers_of(written), 0)[:3]
    word = INVISIBLE.sub("", NUMBER.sub("", written.decode()).replace(":", ""))
    half = HALVES.get(word.casefold(), HALVES.get(word.strip(".").casefold()))
    if half is not None and hour <= 12:
        hour = hour % 12 + half
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


class _Days(dict[bytes, datetime]):
    """Written dates to the midnight, as an instant if `in_utc`; what needs care is named in `uneven`."""

    def __init__(self, clock: LocalClock, order: DateOrder, *, in_utc: bool) -> None:
        super().__init__()
        self._clock = clock
        self._order = order
        self._in_utc = in_utc
        self.uneven: set[bytes] = set()

    def __missing__(self, written: bytes) -> datetime:
        first, second, third = numbers_of(written)
        day = read_date((first, second, third), self._order)
        midnight = None if day is None else self._clock.day(day)
        if midnight is None or midnight.utc is None:
            self.uneven.add(written)
        found = PLACEHOLDER if midnight is None else midnight.local
        if self._in_utc:
            found = (midnight and midnight.utc) or PLACEHOLDER
        self[written] = found
        return found


class _Clocks(dict[bytes, timedelta]):
    """Written clock times to the time since midnight; what is no time is named in `wrong`."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: set[bytes] = set()

    def __missing__(self, written: bytes) -> timedelta:
        found = clock_of(written)
        if found is None:
            self.wrong.add(written)
        self[written] = found = found or timedelta()
        return found


PLACEHOLDER = datetime.min  # noqa: DTZ901  stands for a time until it is worked out with care


class Times(NamedTuple):
    """The times of one block's headers; `flags` only where there are any, by position."""

    local: list[datetime | None]
    utc: list[datetime | None]
    flags: dict[int, tuple[Flag, ...]]


class Stamps:
    """The times of a chat, in the order of the file."""

    def __init__(self, *, clock: LocalClock, order: DateOrder) -> None:
        self._clock = clock
        self._locals = _Days(clock, order, in_utc=False)
        self._instants = _Days(clock, order, in_utc=True)
        self._clocks = _Clocks()
        self._last: datetime | None = None

    def read(self, *, dates: list[bytes], clocks: list[bytes]) -> Times:
        """The times of one block of headers; the blocks must come in order."""
        since = list(map(self._clocks.__getitem__, clocks))
        local: list[datetime | None] = list(map(add, map(self._locals.__getitem__, dates), since))
        utc: list[datetime | None] = list(map(add, map(self._instants.__getitem__, dates), since))
        times = Times(local, utc, {})
        self._correct(times, dates, clocks)
        self._last = utc[-1] if utc else self._last
        return times

    def _correct(self, times: Times, dates: list[bytes], clocks: list[bytes]) -> None:
        """Work out one by one the times on days on which the clocks change, and those that are none."""
        uneven, wrong = self._locals.uneven, self._clocks.wrong
        if uneven.isdisjoint(dates) and wrong.isdisjoint(clocks):
            return
        for index, (day, clock) in enumerate(zip(dates, clocks, strict=True)):
            if clock in wrong or self._locals[day] == PLACEHOLDER:
                times.local[index] = times.utc[index] = None
                times.flags[index] = (Flag.TIME_UNREADABLE,)
            elif day in uneven:
                self._place(times, index)

    def _place(self, times: Times, index: int) -> None:
        local = times.local[index]
        before = times.utc[index - 1] if index else self._last
        found = self._clock.instant(cast("datetime", local), after=before)
        times.utc[index] = found.utc
        if found.flags:
            times.flags[index] = found.flags
