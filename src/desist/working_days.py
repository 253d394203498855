"""Working days of England and Wales: neither Saturday, Sunday nor bank holiday. Pure."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
#: how far ahead bank holidays are known
YEARS_AHEAD = 2
ONE_DAY = timedelta(days=1)


def holiday(day: date) -> str:
    """The name of the bank holiday on a day, else ""."""
    return str(_holidays().get(day) or "")


def holidays_from(day: date) -> list[date]:
    """The bank holidays on a day or after it, as far ahead as anything is planned."""
    years = range(day.year, day.year + YEARS_AHEAD + 1)
    return [one for year in years for one in _of_year(year) if one >= day]


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < SATURDAY and not holiday(day)


def after(day: date, count: int) -> date:
    """The working day this many working days after a day; with 0 the day itself, or the next working day."""
    return _count(day, count, ONE_DAY)


def before(day: date, count: int) -> date:
    """The working day this many working days before a day; with 0 the day itself, or the working day before it."""
    return _count(day, count, -ONE_DAY)


def _count(day: date, count: int, way: timedelta) -> date:
    for _ in range(count):
        day = _nearest(day + way, way)
    return _nearest(day, way)


def _nearest(day: date, way: timedelta) -> date:
    while not is_working(day):
        day += way
    return day


@cache
def _holidays() -> holidays.HolidayBase:
    """The bank holidays, worked out for each year on its first use."""
    return holidays.country_holidays("GB", subdiv="ENG")


@cache
def _of_year(year: int) -> tuple[date, ...]:
    """The bank holidays of a year, in their order."""
    return tuple(sorted(holidays.country_holidays("GB", subdiv="ENG", years=year)))
