"""When a follow-up is due: months counted by the calendar."""

import calendar
from datetime import date

MONTHS = (6, 12)


def after(ended_on: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(ended_on.month - 1 + months, 12)
    year, month = ended_on.year + year, month + 1
    return date(year, month, min(ended_on.day, calendar.monthrange(year, month)[1]))
