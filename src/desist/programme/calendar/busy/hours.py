"""The stretches of time that a weekly time takes, in London's hours over every clock change. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.programme.intervals import Interval
from desist.ui.dates import LONDON

MIDNIGHT = time(0)


@dataclass(frozen=True)
class Hours:
    """From `starts` to `ends` on a weekday (0 is Monday); `ends` at midnight is the end of the day.

    Between `first` and `last`, both included where they are given; the same day twice is that one day.
    """

    weekday: int
    starts: time
    ends: time
    first: date | None
    last: date | None
    words: str


def intervals(hours: Hours, *, first: date, last: date) -> Iterator[Interval]:
    """Every stretch of time it takes from the day `first` to the day `last`."""
    day = max(first, hours.first or first)
    until = min(last, hours.last or last)
    day += timedelta(days=(hours.weekday - day.weekday()) % 7)
    while day <= until:
        ends = day if hours.ends > hours.starts else day + timedelta(days=1)
        yield Interval(
            datetime.combine(day, hours.starts, LONDON),
            datetime.combine(ends, hours.ends, LONDON),
            hours.words,
        )
        day += timedelta(days=7)
