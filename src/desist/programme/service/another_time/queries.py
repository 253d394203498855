"""The next free times for a meeting that nobody can hold while a colleague is away.

A meeting at a place that is on no list is not offered one, nor one in a room where orders exclude places: both need an
answer, and the page that moves the meeting asks for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import free_times
from desist.programme.calendar.planner.free_times import FreeTime, WantedMeeting
from desist.programme.calendar.planner.queries import REMOTE
from desist.programme.calendar.rescheduling import commands as rescheduling
from desist.programme.episodes.models import Allocation
from desist.programme.orders import queries as orders
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.service.another_time.commands import Meeting, minutes
from desist.programme.sessions.models import Session
from desist.ui import dates

#: the most meetings that one page offers other times for: the next ones
MOST = 8
DAY = timedelta(days=1)


def offers(
    meetings: Iterable[Meeting], *, who: Practitioner, last: date, at: datetime
) -> Mapping[str, tuple[FreeTime, ...]]:
    """Return by meeting the next free times, once `who` is back after the `last` day; no two meetings share a time."""
    found: dict[str, tuple[FreeTime, ...]] = {}
    back = max(at, dates.moment(last + DAY, time()))
    for one in list(meetings)[:MOST]:
        holder, places = _holder(one, at), _places(one, at)
        if holder is None or not places:
            continue
        wanted = WantedMeeting(
            episode=one.episode,
            staff=tuple(each for each in (holder, one.second) if each),
            minutes=minutes(one),
            places=places,
            near=dates.local(one.period.lower).time(),
            besides=(one.pk,) if isinstance(one, Session) else (),
            besides_assessment=one.pk if isinstance(one, Assessment) else None,
        )
        taken = [each for times in found.values() for each in times]
        # Each time offered for another meeting takes up one day at most.
        times = free_times.find(
            meeting=wanted,
            after=back if holder == who else at,
            count=free_times.OFFERED + len(taken),
        )
        clear = (each for each in times if not any(_overlap(each, other) for other in taken))
        found[one.ref] = tuple(clear)[: free_times.OFFERED]
    return found


def _holder(one: Meeting, at: datetime) -> Practitioner | None:
    """Return who would hold the meeting at another time."""
    if isinstance(one, Assessment):
        current = Allocation.objects.filter(episode=one.episode, ended_at=None, leave=None)
        held = current.select_related("practitioner").first()
        return held.practitioner if held else None
    try:
        return rescheduling.holder(one, "", at)
    except planner.NotAllocated:
        return None


def _places(one: Meeting, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return where the meeting can be held at another time, its own room first; nothing where the page must ask."""
    if one.room is None:
        if isinstance(one, Session):
            return REMOTE
        return () if one.how == How.ELSEWHERE else ((one.how, str(How(one.how).label)),)
    if orders.exclusions(referral=one.episode.referral_id, on=dates.day_of(at)):
        return ()
    own = one.room.ref
    rooms = premises.bookable(one.episode.area).values_list("ref", "name")
    return tuple(sorted(rooms, key=lambda room: room[0] != own))


def _overlap(one: FreeTime, other: FreeTime) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
