"""Working days of England and Wales: neither Saturday, Sunday nor bank holiday."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


def holiday(day: date) -> str:
    """The name of the bank holiday on a day, else ""."""
    return str(_holidays().get(day) or "")


def is_working(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < SATURDAY and not holiday(day)


def after(day: date, count: int) -> date:
    """The working day this many working days after a day; with 0 the day itself, or the next working day."""
    found = day
    while not is_working(found):
        found += timedelta(days=1)
    for _ in range(count if is_working(day) else max(0, count - 1)):
        found += timedelta(days=1)
        while not is_working(found):
            found += timedelta(days=1)
    return found


@cache
def _holidays() -> holidays.HolidayBase:
    """Worked out year by year as they are asked for."""
    return holidays.country_holidays("GB", subdiv="ENG")
