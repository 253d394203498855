"""Counting days as the Acts do: "within 3 days beginning with" a day counts that day as the first."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
#: where the table of bank holidays comes from; the package's version is in requirements.txt
BANK_HOLIDAYS = "England and Wales, by the holidays package"


def last_day(*, beginning: date, days: int) -> date:
    """The last day of a period of `days` that begins with, and so includes, `beginning`."""
    return beginning + timedelta(days=days - 1)


def last_day_of_years(*, beginning: date, years: int) -> date:
    """The last day of a period of `years` that begins with `beginning`: the day before the same date.

    Where that year has no 29 February, the period ends on 28 February.
    """
    try:
        same = beginning.replace(year=beginning.year + years)
    except ValueError:
        same = date(beginning.year + years, 3, 1)
    return same - timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_before(day: date, *, count: int) -> date:
    """The day that lies `count` working days before another."""
    return _step(day, count, -1)


def working_days_after(day: date, *, count: int) -> date:
    """The day that lies `count` working days after another."""
    return _step(day, count, 1)


def _step(day: date, count: int, way: int) -> date:
    while count:
        day += timedelta(days=way)
        count -= is_working_day(day)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
