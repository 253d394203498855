"""The programme's clocks, as arithmetic on dates."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: Complete referral received to allocation recorded: never paused, the raw figure always shown.
ALLOCATION_DAYS = 14


@dataclass(frozen=True)
class DayCount:
    """Which day of how many it is; day 0 is the day it began."""

    day: int
    limit: int

    @property
    def words(self) -> str:
        """ "day 11 of 14", or "day 17, 3 past 14"."""
        over = self.day - self.limit
        return f"day {self.day}, {over} past {self.limit}" if over > 0 else f"day {self.day} of {self.limit}"

    @property
    def urgency(self) -> str:
        """How it is drawn: "late", "soon" (three days or fewer are left) or ""."""
        if self.day > self.limit:
            return "late"
        return "soon" if self.limit - self.day <= 3 else ""


def allocation(*, complete_at: datetime, now: datetime) -> DayCount:
    """The 14-day clock from a complete referral to its allocation, in London's calendar days."""
    began, today = complete_at.astimezone(LONDON).date(), now.astimezone(LONDON).date()
    return DayCount((today - began).days, ALLOCATION_DAYS)
