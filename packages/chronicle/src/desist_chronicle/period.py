"""Days and whole weeks of a period, counted from the days on which something happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Period:
    """Local days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"The period ends ({self.last}) before it begins ({self.first}).")

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """The number of whole weeks, from the first day."""
        return self.days // 7

    def holds(self, day: date) -> bool:
        """Return whether the day is inside."""
        return self.first <= day <= self.last

    def before(self, day: date) -> "Period":
        """Its part before `day`. Raises ValueError where there is none."""
        return Period(first=self.first, last=min(self.last, day - timedelta(days=1)))

    def since(self, day: date) -> "Period":
        """Its part from `day` on. Raises ValueError where there is none."""
        return Period(first=max(self.first, day), last=self.last)


def day_of(local: np.int64) -> date:
    """Return the day of a wall clock in microseconds since 1970."""
    return date(1970, 1, 1) + timedelta(days=int(local) // 86_400_000_000)


def numbers(days: Iterable[date]) -> NDArray[np.int64]:
    """Return days as days since 1 January 1970."""
    return np.array([(day - date(1970, 1, 1)).days for day in days], dtype=np.int64)


def per_day(*, days: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    """Count how often each day of the period occurs in `days`, given as numbers; days outside are left out."""
    places = days - (period.first - date(1970, 1, 1)).days
    return np.bincount(places[(places >= 0) & (places < period.days)], minlength=period.days)


def per_week(*, days: NDArray[np.int64], period: Period) -> NDArray[np.int64]:
    """Sum counts by whole week of the period; the days left over at its end are left out."""
    whole = per_day(days=days, period=period)[: period.weeks * 7]
    return np.asarray(whole.reshape(-1, 7).sum(axis=1))


def many(count: int, one: str) -> str:
    """Return a count with its noun, in one or in many: "1 day", "2,000 days"."""
    return f"{count:,} {one if count == 1 else one + 's'}"
