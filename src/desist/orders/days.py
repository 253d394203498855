"""Counting days as the Acts do: "within 3 days beginning with" a day counts that day as the first."""

from datetime import date, timedelta


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
