"""Days and whole weeks of a period, counted from the days on which something happened."""

from collections.abc import Iterable, Sequence
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
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """How many whole weeks it has, from its first day."""
        return self.days // 7

    def holds(self, day: date) -> bool:
        """Is the day inside?"""
        return self.first <= day <= self.last

    def before(self, day: date) -> "Period":
        """Its part before `day`. Raises ValueError where there is none."""
        return Period(first=self.first, last=min(self.last, day - timedelta(days=1)))

    def since(self, day: date) -> "Period":
        """Its part from `day` on. Raises ValueError where there is none."""
        return Period(first=max(self.first, day), last=self.last)


def per_day(*, days: Iterable[date], period: Period) -> NDArray[np.int64]:
    """How often each day of the period occurs in `days`; days outside are left out."""
    places = [(day - period.first).days for day in days if period.holds(day)]
    return np.bincount(np.array(places, dtype=np.int64), minlength=period.days)


def per_week(*, days: Sequence[date], period: Period) -> NDArray[np.int64]:
    """Counts by whole week of the period; the days left over at its end are left out."""
    whole = per_day(days=days, period=period)[: period.weeks * 7]
    return np.asarray(whole.reshape(-1, 7).sum(axis=1))
