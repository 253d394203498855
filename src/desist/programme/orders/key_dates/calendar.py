"""When a day comes next, and which days lie within the next twelve months. Pure."""

from calendar import isleap
from datetime import date


def next_on(*, day: date, yearly: bool, today: date) -> date | None:
    """Return when a day comes next, today included; None where it has passed and does not come back."""
    if day >= today:
        return day
    if not yearly:
        return None
    this_year = in_year(day, today.year)
    return this_year if this_year >= today else in_year(day, today.year + 1)


def last_before(*, day: date, yearly: bool, today: date) -> date:
    """Return when a day that has passed came last, today not included."""
    this_year = in_year(day, today.year)
    return day if not yearly else this_year if this_year < today else in_year(day, today.year - 1)


def within_a_year(*, day: date | None, today: date) -> bool:
    """Return whether a day lies within twelve months of today, today and the last day included."""
    return day is not None and today <= day <= in_year(today, today.year + 1)


def in_year(day: date, year: int) -> date:
    """Return the day in another year; 29 February falls on the 28th where that year has none."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)
