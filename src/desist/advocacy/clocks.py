"""The clocks of the advocacy side. Time in which a call would be dangerous is counted apart and never turns red."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desist.advocacy import rules
from desist.ui import dates

#: The last part of a limit, in which its clock is drawn as nearly over.
SOON = timedelta(hours=12)
NOTHING = timedelta()


@dataclass(frozen=True)
class Pause:
    """A stretch in which a clock stood still; `ended_at` None while it still does."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Hours:
    """How much of a limit is used. `counted` leaves pauses out; `paused` is their sum; both are shown."""

    counted: timedelta
    paused: timedelta
    limit: timedelta
    standing: bool  # paused now

    @property
    def words(self) -> str:
        """ "20 of 48 hours", "50 of 48 hours: 2 over", each with the time it was paused."""
        over = _hours(self.counted) - _hours(self.limit)
        used = f"{_hours(self.counted)} of {_hours(self.limit)} hours"
        said = f"{used}: {over} over" if over > 0 else used
        if self.standing:
            return f"paused at {used}"
        return f"{said}, and paused for {_hours(self.paused)}" if self.paused >= timedelta(hours=1) else said

    @property
    def urgency(self) -> str:
        """How it is drawn: "late", "soon" or "calm". A clock that stands still is always calm."""
        if self.standing:
            return "calm"
        if self.counted > self.limit:
            return "late"
        return "soon" if self.limit - self.counted <= SOON else "calm"


def first_contact(*, received_at: datetime, pauses: Iterable[Pause], now: datetime) -> Hours:
    """The clock from a referral to the first contact that reached the client."""
    listed = tuple(pauses)
    paused = sum((_length(pause, received_at, now) for pause in listed), NOTHING)
    rule = rules.in_force(rules.FIRST_CONTACT, on=dates.day_of(received_at))
    return Hours(
        counted=max(now - received_at - paused, NOTHING),
        paused=paused,
        limit=rule.limit,
        standing=any(pause.ended_at is None for pause in listed),
    )


def _length(pause: Pause, earliest: datetime, now: datetime) -> timedelta:
    began, ended = max(pause.began_at, earliest), min(pause.ended_at or now, now)
    return max(ended - began, NOTHING)


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)
