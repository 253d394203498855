"""Who can hold the meetings of a colleague who is away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from desist.programme.assessments.models import HOLDING as ASSESSMENTS
from desist.programme.assessments.models import Assessment
from desist.programme.calendar.planner.free_times import FreeTime
from desist.programme.intervals import Interval
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.another_time import queries as another_time
from desist.programme.service.another_time.commands import Meeting
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.sessions import person
from desist.programme.sessions.models import HOLDING as SESSIONS
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import title
from desist.programme.team import commands as team
from desist.ui import dates
from desist.wall.actors import Actor

BOTH = ((Session, SESSIONS), (Assessment, ASSESSMENTS))


@dataclass(frozen=True)
class MeetingToCover:
    """A meeting of a colleague who is away; `able` can hold it, and `chosen` is the first choice, "" where nobody can.

    `asked` is the colleague who has been asked already; `times` are the next ones at which a meeting that nobody can hold
    can be held instead.
    """

    ref: str
    title: str
    name: str
    starts_at: datetime
    place: str
    contact: person.Contact
    able: tuple[tuple[str, str], ...]
    chosen: str
    asked: str
    times: tuple[FreeTime, ...]


def to_cover(
    *, who: Practitioner, first: date, last: date, actor: Actor, at: datetime
) -> tuple[MeetingToCover, ...]:
    """Return the meetings that a practitioner holds from one day to another and that are not over, in their order."""
    days = Q(period__overlap=(dates.moment(first, _MIDNIGHT), dates.moment(last + _DAY, _MIDNIGHT)))
    found = _meetings(Q(practitioner=who, episode__in=team.visible(actor), period__endswith__gt=at) & days)
    if not found:
        return ()
    able = _able(found, who, first=first, last=last, actor=actor, at=at)
    chosen = _chosen(found, able)
    unable = [one for one in found if not able[one.ref]]
    times = another_time.offers(unable, who=who, last=last, at=at)
    return tuple(_row(one, able[one.ref], chosen[one.ref], times.get(one.ref, ())) for one in found)


def asked(meetings: Sequence[str]) -> Mapping[str, str]:
    """Return by meeting the colleague who is asked to hold it, and has not answered."""
    rows = HandoverRequest.objects.filter(state=Answer.ASKED, at_once=False)
    rows = rows.filter(Q(session__ref__in=meetings) | Q(assessment__ref__in=meetings))
    named = rows.values_list("session__ref", "assessment__ref", "to__name")
    return {session or assessment: to for session, assessment, to in named}


def _meetings(which: Q) -> list[Meeting]:
    sessions = Session.objects.filter(which, state="planned", attendance="")
    assessments = Assessment.objects.filter(which, state="appointed")
    rows: list[Meeting] = [
        one
        for meetings in (sessions, assessments)
        for one in meetings.select_related(
            "episode__referral__own_contact", "room", "practitioner", "second"
        ).prefetch_related("handovers__to")
    ]
    return sorted(rows, key=lambda one: (one.period.lower, one.pk))


def _able(
    found: Sequence[Meeting], who: Practitioner, *, first: date, last: date, actor: Actor, at: datetime
) -> dict[str, list[Practitioner]]:
    """Return by meeting the colleagues who are free then and whom nothing keeps from the person."""
    others = Practitioner.objects.filter(area=who.area, left_on=None).exclude(pk=who.pk)
    referrals = list({one.episode.referral_id: one.episode.referral for one in found}.values())
    fit = team.checked_for(others, referrals, actor=actor, at=at, standing_in=True)
    staff = {each.pk: each for rows in fit.values() for each, _ in rows}
    taken = _taken(found, staff.values())
    for key, away in absences.taken_of(practitioners=staff.values(), first=first, last=last).items():
        taken[key] += [(0, one) for one in away]
    return {
        one.ref: [
            each
            for each, obstacles in fit[one.episode.referral_id]
            if not obstacles and _is_free(one, taken[each.pk])
        ]
        for one in found
    }


def _taken(found: Sequence[Meeting], staff: Iterable[Practitioner]) -> dict[int, list[tuple[int, Interval]]]:
    """Return by practitioner the times of their meetings, each with the person's key."""
    taken: dict[int, list[tuple[int, Interval]]] = {one.pk: [] for one in staff}
    window = Q(period__overlap=(found[0].period.lower, max(one.period.upper for one in found)))
    there = window & (Q(practitioner__in=taken) | Q(second__in=taken))
    for model, holding in BOTH:
        rows = model._default_manager.filter(holding, there)
        for person_, period, *whose in rows.values_list("episode", "period", "practitioner", "second"):
            for key in {one for one in whose if one in taken}:
                taken[key].append((person_, Interval(period.lower, period.upper)))
    return taken


def _is_free(meeting: Meeting, taken: Iterable[tuple[int, Interval]]) -> bool:
    """Return whether nothing of another person is at the time of a meeting."""
    then = Interval(meeting.period.lower, meeting.period.upper)
    return not any(whose != meeting.episode_id and one.overlaps(then) for whose, one in taken)


def _chosen(found: Sequence[Meeting], able: dict[str, list[Practitioner]]) -> dict[str, str]:
    """Choose a colleague for each meeting, the one with the fewest so far; one practitioner's meetings never overlap."""
    given: dict[str, int] = {}
    chosen = {}
    for one in found:
        best = min((each.ref for each in able[one.ref]), key=lambda ref: given.get(ref, 0), default="")
        given[best] = given.get(best, 0) + 1
        chosen[one.ref] = best
    return chosen


def _row(
    one: Meeting, able: Sequence[Practitioner], chosen: str, times: tuple[FreeTime, ...]
) -> MeetingToCover:
    asked = next((each.to.name for each in one.handovers.all() if each.state == Answer.ASKED), "")
    place = one.place if isinstance(one, Assessment) else one.room.name if one.room else "Remote"
    return MeetingToCover(
        ref=one.ref,
        title=title(one.kind, one.number) if isinstance(one, Session) else "Assessment",
        name=one.episode.referral.name,
        starts_at=one.period.lower,
        place=place,
        contact=person.contact(one.episode.referral),
        able=tuple((each.ref, each.name) for each in able),
        chosen=chosen,
        asked=asked,
        times=times,
    )


_DAY, _MIDNIGHT = timedelta(days=1), datetime.min.time()
