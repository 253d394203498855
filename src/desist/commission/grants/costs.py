"""What a start and a completion cost over a time: only numbers that a return shows are divided by. Pure.

A number that the return withheld is not here at all, so no cost can give it away: every cost is pounds of the table over a
number that stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

NOT_SHOWN, NOBODY = "not shown", "nobody"


@dataclass(frozen=True)
class Money:
    """The pounds of one grant, shared out evenly over its days."""

    pounds: int
    first: date
    last: date


@dataclass(frozen=True)
class Counted:
    """A time, with the starts and completions that a return shows of it; None is not shown."""

    words: str
    first: date
    last: date
    starts: int | None
    completions: int | None


@dataclass(frozen=True)
class Cost:
    """The pounds of a time, on how many of its days no grant is in the table, and the cost for each person."""

    counted: Counted
    pounds: Fraction
    days: int
    without: int

    @property
    def per_start(self) -> str:
        """ "£6,962", or why there is no cost."""
        return self._per(self.counted.starts)

    @property
    def per_completion(self) -> str:
        """ "£12,400", or why there is no cost."""
        return self._per(self.counted.completions)

    @property
    def in_pounds(self) -> str:
        """ "£60,212", or that no grant is in the table."""
        return pounds_text(self.pounds) if self.without < self.days else "no grant"

    def _per(self, people: int | None) -> str:
        if people is None:
            return NOT_SHOWN
        if self.without:
            return f"not worked out: no grant on {self.without} of {self.days} days"
        return pounds_text(self.pounds / people) if people else NOBODY


def cost(counted: Counted, grants: Iterable[Money]) -> Cost:
    """Return the cost of a time from the grants of its service."""
    held = list(grants)
    days = _days(counted.first, counted.last)
    pounds = sum((_within(one, counted) for one in held), Fraction(0))
    paid = {
        day
        for one in held
        for day in range(
            max(one.first, counted.first).toordinal(), min(one.last, counted.last).toordinal() + 1
        )
    }
    return Cost(counted, pounds, days, days - len(paid))


def pounds_text(pounds: Fraction) -> str:
    """Return whole pounds: "£6,962"."""
    return f"£{round(pounds):,}"


def _within(one: Money, counted: Counted) -> Fraction:
    """Return the pounds of a grant that fall into a time."""
    held = _days(max(one.first, counted.first), min(one.last, counted.last))
    return Fraction(one.pounds * max(held, 0), _days(one.first, one.last))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1
