"""Quarters of the calendar, which are those of the financial year too. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

#: a return is due this long after its quarter
DUE_AFTER = timedelta(days=31)
APRIL = 4


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, by their first day."""

    first: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.later(1).first - timedelta(days=1)

    @property
    def due_on(self) -> date:
        """The last day on which its return is in time."""
        return self.last + DUE_AFTER

    @property
    def key(self) -> str:
        """The first day, as addresses name it: "2026-07-01"."""
        return self.first.isoformat()

    def __str__(self) -> str:
        """ "July to September 2026"."""
        return f"{self.first:%B} to {self.last:%B %Y}"

    def later(self, number: int) -> "Quarter":
        """The quarter so many quarters later; before, where the number is negative."""
        months = self.first.year * 12 + self.first.month - 1 + 3 * number
        return Quarter(date(months // 12, months % 12 + 1, 1))

    @property
    def four(self) -> tuple["Quarter", ...]:
        """The four quarters that end with this one."""
        return tuple(self.later(-number) for number in (3, 2, 1, 0))

    @property
    def year_to_date(self) -> tuple["Quarter", ...]:
        """The quarters of the financial year, from April, up to this one."""
        since = (self.first.month - APRIL) % 12 // 3
        return tuple(self.later(-number) for number in range(since, -1, -1))


def of(day: date) -> Quarter:
    """Return the quarter in which a day lies."""
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def is_first(day: date) -> bool:
    """Return whether a quarter begins on a day."""
    return of(day).first == day


def over(*, today: date, number: int) -> tuple[Quarter, ...]:
    """Return the last quarters that are over, the newest first."""
    return tuple(of(today).later(-place) for place in range(1, number + 1))
