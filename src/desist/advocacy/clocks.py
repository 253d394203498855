"""The clocks of the advocacy side. They count time in which a call would be dangerous apart; it never turns red."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist import working_days
from desist.advocacy import rules
from desist.ui import dates

#: The last part of a limit, in which its clock is drawn as nearly over.
SOON = timedelta(hours=12)
NOTHING = timedelta()


@dataclass(frozen=True)
class Pause:
    """A stretch in which a clock stood still; `ended_at` is None while it lasts."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Hours:
    """The used part of a limit. `counted` leaves pauses out; `paused` is their sum. Pages show both."""

    counted: timedelta
    paused: timedelta
    limit: timedelta
    held: timedelta | None  # how long it has been on hold now, None where it runs

    @property
    def standing(self) -> bool:
        """Whether it is on hold now."""
        return self.held is not None

    @property
    def words(self) -> str:
        """ "20 of 48 hours", "2 hours late (standard: 48 hours)", "on hold for 3 days: 28 of 48 hours left"."""
        over, limit = _hours(self.counted) - _hours(self.limit), _hours(self.limit)
        if self.held is not None:
            then = f"{_span(over)} late when it stopped" if over > 0 else f"{-over} of {limit} hours left"
            since = f" for {_span(hours)}" if (hours := _hours(self.held)) else ""
            return f"on hold{since}: {then}"
        said = (
            f"{_span(over)} late (standard: {limit} hours)"
            if over > 0
            else f"{_hours(self.counted)} of {limit} hours"
        )
        on_hold = _hours(self.paused)
        return f"{said}, not counting {_span(on_hold)} on hold" if on_hold else said

    @property
    def urgency(self) -> str:
        """The way the clock is drawn: "late", "soon" or "calm". A clock that stands still is always calm."""
        if self.standing:
            return "calm"
        if self.counted > self.limit:
            return "late"
        return "soon" if self.limit - self.counted <= SOON else "calm"


@dataclass(frozen=True)
class Days:
    """The used working days of a limit, without the days on which the clock stood still. Pages show those apart."""

    counted: int
    paused: int
    limit: int
    due_on: date
    standing: bool  # still now
    late: bool

    @property
    def words(self) -> str:
        """ "due by 3 March 2026", "1 working day late", "on hold: 2 of 5 working days left"."""
        over = max(self.counted - self.limit, 0)
        if self.standing:
            left = f"{self.limit - self.counted} of {_days(self.limit)} left"
            return f"on hold: {f'{_days(over)} late when it stopped' if over else left}"
        said = f"due by {dates.on(self.due_on)}"
        if self.late:
            said = f"{_days(over)} late" if over else f"was due on {dates.on(self.due_on)}"
        return f"{said}, not counting {_days(self.paused)} on hold" if self.paused else said

    @property
    def urgency(self) -> str:
        """The way the clock is drawn: "late", "soon" or "calm". A clock that stands still is always calm."""
        if self.standing:
            return "calm"
        return "late" if self.late else "soon" if self.limit - self.counted <= 1 else "calm"


def update(*, received_at: datetime, limit: int, pauses: Iterable[Pause], now: datetime) -> Days:
    """The clock from news to telling it: working days after the day it came, without days on which it stood still."""
    stretches = [
        (dates.day_of(one.began_at), dates.day_of(one.ended_at or now), one.ended_at is None)
        for one in pauses
    ]
    first, today = dates.day_of(received_at), dates.day_of(now)
    counted, paused, due_on = 0, 0, None
    for day in (first + timedelta(days=ahead) for ahead in range(1, (today - first).days + 1)):
        if not working_days.is_working(day):
            continue
        if any(began <= day <= ended for began, ended, _ in stretches):
            paused += 1
            continue
        counted += 1
        due_on = day if counted == limit else due_on
    due_on = due_on or working_days.after(max(first, today), limit - counted)
    standing = any(open_ for _, _, open_ in stretches)
    return Days(counted, paused, limit, due_on, standing, late=not standing and today > due_on)


def first_contact(*, received_at: datetime, pauses: Iterable[Pause], now: datetime) -> Hours:
    """The clock from a referral to the first contact that reached the client."""
    listed = tuple(pauses)
    paused = sum((_length(pause, received_at, now) for pause in listed), NOTHING)
    rule = rules.in_force(rules.FIRST_CONTACT, on=dates.day_of(received_at))
    return Hours(
        counted=max(now - received_at - paused, NOTHING),
        paused=paused,
        limit=rule.limit,
        held=max((_length(one, received_at, now) for one in listed if one.ended_at is None), default=None),
    )


def _length(pause: Pause, earliest: datetime, now: datetime) -> timedelta:
    began, ended = max(pause.began_at, earliest), min(pause.ended_at or now, now)
    return max(ended - began, NOTHING)


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _span(hours: int) -> str:
    number, thing = (hours // 24, "day") if hours >= 48 else (hours, "hour")
    return f"{number} {thing}{'' if number == 1 else 's'}"
