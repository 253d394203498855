"""The next free times for a meeting: every booking offers them.

A free time is one that the command which books the meeting takes. This module looks among the rows that it is given,
and decides nothing about who may see them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist import working_days
from desist.programme.calendar.busy import commands as busy
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.calendar.planner import proposal
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.models import Practitioner
from desist.ui import dates

#: how many times a booking offers, each on another day
OFFERED = 3
#: the hours between which a meeting is offered; the usual hour of the person counts besides
OPENS, CLOSES = 9, 17
DAY = timedelta(days=1)
#: how far ahead a time is looked for
HORIZON = timedelta(weeks=26)


@dataclass(frozen=True)
class WantedMeeting:
    """The meeting that a time is looked for.

    `places` are rooms by reference, or ways to meet without one, with their names, the wished one first. `near` is the
    usual hour; `besides` and `besides_assessment` are keys of meetings that are being moved.
    """

    episode: Episode
    staff: tuple[Practitioner, ...]
    minutes: int
    places: tuple[tuple[str, str], ...]
    near: time | None = None
    besides: tuple[int, ...] = ()
    besides_assessment: int | None = None


@dataclass(frozen=True)
class FreeTime:
    """A time at which a meeting can be booked; `place` is one of the wanted ones, and `place_name` its name."""

    starts_at: datetime
    ends_at: datetime
    place: str
    place_name: str

    @property
    def code(self) -> str:
        """The time and the place as a form sends them."""
        return f"{dates.local(self.starts_at):%Y-%m-%dT%H:%M}/{self.place}"

    @property
    def words(self) -> str:
        """The time as a form offers it: "Thursday 10 December, 2pm, Room 2"."""
        return f"{dates.near(self.starts_at)}, {self.place_name}"


def read(code: str) -> tuple[date, time, str] | None:
    """Return the day, the hour in London and the place of a code; None where it is none."""
    written, _, place = code.partition("/")
    day, _, at = written.partition("T")
    try:
        return (date.fromisoformat(day), time.fromisoformat(at), place) if place else None
    except ValueError:
        return None


def find(*, meeting: WantedMeeting, after: datetime, count: int = OFFERED) -> tuple[FreeTime, ...]:
    """Return the next times after a moment, one a working day and near the usual hour, in three statements."""
    first = dates.day_of(after)
    last = first + HORIZON
    staff = {one.pk for one in meeting.staff}
    held = meetings.holding(
        episode=meeting.episode,
        staff=meeting.staff,
        rooms=[place for place, _ in meeting.places],
        since=after,
        besides=meeting.besides,
        besides_assessment=meeting.besides_assessment,
    )
    away = absences.taken_of(practitioners=meeting.staff, first=first, last=last)
    taken = [
        *(one.period for one in held if one.episode == meeting.episode.pk or one.staff & staff),
        *busy.taken(episode=meeting.episode, first=first - DAY, last=last),
        *(one for whose in away.values() for one in whose),
    ]
    found: list[FreeTime] = []
    for day in (first + DAY * ahead for ahead in range((last - first).days)):
        if len(found) < count and working_days.is_working(day):
            found += _on(day, meeting, taken=taken, held=held, after=after)
    return tuple(found)


def _on(
    day: date,
    meeting: WantedMeeting,
    *,
    taken: Collection[Interval],
    held: Collection[meetings.Held],
    after: datetime,
) -> list[FreeTime]:
    """Return the free time of a day that is nearest to the usual hour, or nothing."""
    whole = Interval(dates.moment(day, time()), dates.moment(day + DAY, time()))
    then = tuple(one for one in taken if one.overlaps(whole))
    for at in _hours(meeting.near, meeting.minutes):
        wanted = proposal.period(day, at, meeting.minutes)
        if wanted.start <= after or proposal.why_not(day, at, meeting.minutes, then):
            continue
        full = {one.room for one in held if one.period.overlaps(wanted)}
        for place, name in meeting.places:
            if place not in full:
                return [FreeTime(wanted.start, wanted.end, place, name)]
    return []


def _hours(near: time | None, minutes: int) -> Iterator[time]:
    """Yield the hours of a day at which a meeting may begin: the usual one, then the others by their distance from it."""
    last = CLOSES * 60 - minutes
    whole = [time(hour) for hour in range(OPENS, CLOSES) if hour * 60 <= last]
    if near:
        yield near.replace(second=0, microsecond=0)
        whole.sort(key=lambda at: abs(_minute(at) - _minute(near)))
    yield from whole


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
