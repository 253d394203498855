"""The fixed hold before a deselection is told: equal for every person, however the other side is linked."""

from datetime import datetime, time, timedelta

from desist import working_days
from desist.programme import clocks

NOON = time(12, 0)


def tellable_from(*, decided_at: datetime) -> datetime:
    """12:00 in London on the working day after the decision; bank holidays and weekends are no working days."""
    day = working_days.after(decided_at.astimezone(clocks.LONDON).date(), 1)
    return datetime.combine(day, NOON, tzinfo=clocks.LONDON)


def left(*, until: datetime, now: datetime) -> timedelta:
    """Return how much of a hold is left; none once it is over."""
    return max(until - now, timedelta(0))
