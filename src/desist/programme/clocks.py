"""The programme's clocks, as arithmetic on dates."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist import working_days
from desist.codes import ALLOCATION_DAYS
from desist.ui import dates

LONDON = dates.LONDON

#: A missed session to the next contact with the person, in working days.
FOLLOW_UP_DAYS = 2
#: The most days that two working days can take, over Christmas or Easter; an older missed session is past it.
FOLLOW_UP_MOST = timedelta(days=7)
#: A session may lie back this many days before its record counts as missing.
RECORD_DAYS = 2


@dataclass(frozen=True)
class DayCount:
    """Which day of how many it is; day 0 is the day it began."""

    day: int
    limit: int

    @property
    def words(self) -> str:
        """ "day 11 of 14", or "day 17, 3 days late"."""
        over = self.day - self.limit
        if over > 0:
            return f"day {self.day}, {over} {'day' if over == 1 else 'days'} late"
        return f"day {self.day} of {self.limit}"

    @property
    def urgency(self) -> str:
        """How it is drawn: "late", "soon" (three days or fewer are left) or ""."""
        if self.day > self.limit:
            return "late"
        return "soon" if self.limit - self.day <= 3 else ""


def allocation(*, complete_at: datetime, now: datetime) -> DayCount:
    """The 14-day clock from a complete referral to its allocation, in London's calendar days."""
    began, today = dates.day_of(complete_at), dates.day_of(now)
    return DayCount((today - began).days, ALLOCATION_DAYS)


@dataclass(frozen=True)
class Deadline:
    """The last day on which something is in time."""

    last: date
    today: date

    @property
    def words(self) -> str:
        """ "by 3 March", "today is the last day", or "was due by 3 March"."""
        if self.today == self.last:
            return "today is the last day"
        by = f"by {self.last.day} {self.last:%B}"
        return by if self.today < self.last else f"was due {by}"

    @property
    def urgency(self) -> str:
        """How it is drawn: "late", "soon" (today or tomorrow) or ""."""
        left = (self.last - self.today).days
        return "late" if left < 0 else "soon" if left <= 1 else ""


def follow_up(*, missed_on: datetime, now: datetime) -> Deadline:
    """The clock from a missed session to the contact that follows it."""
    missed = dates.day_of(missed_on)
    return Deadline(working_days.after(missed, FOLLOW_UP_DAYS), dates.day_of(now))


def in_time_since(*, now: datetime) -> date:
    """Return the first day whose missed sessions are not late today by `follow_up`, so counts and tasks agree."""
    today = dates.day_of(now)
    day = today
    while working_days.after(day - timedelta(days=1), FOLLOW_UP_DAYS) >= today:
        day -= timedelta(days=1)
    return day
