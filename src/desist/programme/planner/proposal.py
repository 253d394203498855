"""Proposing a run of weekly sessions around bank holidays and times already taken. Pure: no rows, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desist import working_days

LONDON = ZoneInfo("Europe/London")
FRIDAY = 4
#: How many weeks further the last session may move before the proposal gives up.
SLACK_WEEKS = 12


@dataclass(frozen=True)
class Interval:
    """A stretch of time that is taken; half open, with time zone."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a moment."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Proposed:
    """One proposed session, and in words why it is not on the usual day."""

    number: int
    period: Interval
    reason: str = ""


class NoRoom(Exception):
    """The sessions do not fit within the slack; the text says how many did."""


def weekly(
    *, first: date, at: time, lengths: Mapping[int, int], taken: Iterable[Interval]
) -> tuple[Proposed, ...]:
    """One session a week from `first` on, at the same hour in London; `lengths` are minutes by number, in order.

    A bank holiday of England and Wales, or a time in `taken`, moves the session to the next free working day of that
    week, else to the next week. Raises NoRoom after SLACK_WEEKS weeks without a place.
    """
    busy, proposed, week = tuple(taken), [], 0
    for number, minutes in lengths.items():
        for _ in range(SLACK_WEEKS):
            usual = first + timedelta(weeks=week)
            week += 1
            if found := _place(usual, at, minutes, busy):
                proposed.append(Proposed(number, found[0], found[1]))
                break
        else:
            raise NoRoom(
                f"Only {len(proposed)} of {len(lengths)} sessions fit. Choose another day, hour or room."
            )
    return tuple(proposed)


def _place(usual: date, at: time, minutes: int, busy: tuple[Interval, ...]) -> tuple[Interval, str] | None:
    """The first free place from the usual day to that week's Friday, and why it is not the usual day."""
    obstacle = ""
    for day in (usual + timedelta(days=ahead) for ahead in range(max(1, FRIDAY - usual.weekday() + 1))):
        period = _period(day, at, minutes)
        if holiday := working_days.holiday(day):
            obstacle = obstacle or holiday
        elif any(period.overlaps(other) for other in busy):
            obstacle = obstacle or "time already taken"
        else:
            return period, f"moved from {usual:%A}: {obstacle}" if obstacle else ""
    return None


def _period(day: date, at: time, minutes: int) -> Interval:
    start = datetime.combine(day, at, LONDON)
    return Interval(start, start + timedelta(minutes=minutes))
