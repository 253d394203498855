"""The days on which a calendar is likely to be wrong: `./desist test --days kinds:2026-12-01..2028-11-30`."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from desist import working_days
from tests.clock import LONDON

DAY = timedelta(days=1)
WEEK, MORNING = 7, time(11)
AROUND_MIDNIGHT = (time(0, 30), time(1, 30), time(23, 30))
#: working days before and after Christmas and Easter: what is due in a week falls among the holidays
AROUND_HOLIDAYS = 5
MARCH, OCTOBER = 3, 10
#: a tax year ends and begins; every other year that is reckoned by does so with a month
TAX = ((4, 5), (4, 6))
YEAR_OR_LEAP = ((2, 28), (2, 29), (12, 31), (1, 1))
CHRISTMAS, EASTER = "Christmas Day", "Easter Monday"


def kinds(first: date, last: date) -> dict[datetime, str]:
    """Return the moments of special days of a stretch in order, each with why it is one."""
    found: dict[datetime, str] = {}
    for day in _days(first, last):
        for at, why in _of(day, first):
            moment = datetime.combine(day, at, LONDON)
            found[moment] = "; ".join(filter(None, (found.get(moment), why)))
    return dict(sorted(found.items()))


def _of(day: date, first: date) -> Iterator[tuple[time, str]]:
    if day - first < timedelta(days=WEEK):
        yield MORNING, f"{day:%A}"
    for near, where in ((day, ""), (day + DAY, "the day before "), (day - DAY, "the day after ")):
        yield from _beside(near, where)
    if holiday := _within_working_days(day):
        yield MORNING, f"{AROUND_HOLIDAYS} working days from {holiday}"
    yield from _turns(day)


def _beside(near: date, where: str) -> Iterator[tuple[time, str]]:
    if name := working_days.holiday(near):
        yield MORNING, where + name
    if _clocks_change(near):
        yield from ((at, f"{where}a change of clocks") for at in (MORNING, *AROUND_MIDNIGHT))


def _turns(day: date) -> Iterator[tuple[time, str]]:
    if (day + DAY).day == 1:
        yield MORNING, "the end of a month"
    if day.day == 1:
        yield MORNING, "the first of a month"
    if (day.month, day.day) in YEAR_OR_LEAP:
        yield from ((at, "a leap day or the turn of a year") for at in AROUND_MIDNIGHT[::2])
    if (day.month, day.day) in TAX:
        yield MORNING, "the turn of a tax year"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))


def _clocks_change(day: date) -> bool:
    """Return whether it is the last Sunday of March or October."""
    return (
        day.month in (MARCH, OCTOBER) and day.isoweekday() == WEEK and (day + WEEK * DAY).month != day.month
    )


def _within_working_days(day: date) -> str:
    if not working_days.is_working(day):
        return ""
    reach = working_days.before(day, AROUND_HOLIDAYS), working_days.after(day, AROUND_HOLIDAYS)
    names = {working_days.holiday(one) for one in _days(*reach)}
    return next((name for name in (CHRISTMAS, EASTER) if name in names), "")
