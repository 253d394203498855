"""The quarters of the calendar, which are those of the financial year too."""

from datetime import date, timedelta

from desist.programme.service.returns.facts import Period

SHOWN = 9  # the present one, and two years before it


def quarters(*, today: date) -> tuple[tuple[str, str, Period], ...]:
    """The quarters that can be counted, the newest first: key, words, period."""
    year, number = today.year, (today.month - 1) // 3 + 1
    found = []
    for _ in range(SHOWN):
        period = _period(year, number)
        words = f"{period.first:%B} to {period.last:%B %Y}"
        if period.last > today:
            words, period = f"{words}, so far", Period(period.first, today)
        found.append((f"{year}-{number}", words, period))
        year, number = (year - 1, 4) if number == 1 else (year, number - 1)
    return tuple(found)


def _period(year: int, number: int) -> Period:
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Period(first, after - timedelta(days=1))
