"""National Stalking Awareness Week: the days to expect each year, and what the site says once they are announced.

The Suzy Lamplugh Trust sets the week and its theme. Of the years that were read it began between 19 and 25 April in
2017, 2022, 2023, 2024 and 2025, and on 16 April in 2018. So the days here are expected days, and the pages say so.
"""

import datetime as dt
from dataclasses import dataclass

#: the first possible Monday, as a day of April, and the days from Monday to Friday
FIRST, LENGTH = 19, dt.timedelta(days=4)


@dataclass(frozen=True)
class Week:
    """The days that were announced, and the year's theme, which may not be known."""

    first: dt.date
    last: dt.date
    theme: str


def expected(year: int) -> Week:
    """The days to expect in a year."""
    begins = dt.date(year, 4, FIRST)
    monday = begins + dt.timedelta(days=-begins.weekday() % 7)
    return Week(monday, monday + LENGTH, "")


def coming(today: dt.date, announced: Week | None) -> tuple[Week, bool]:
    """(the next week, or the one of today; whether its days were announced)."""
    if announced is not None and announced.last >= today:
        return announced, True
    week = expected(today.year)
    return (week if week.last >= today else expected(today.year + 1)), False
