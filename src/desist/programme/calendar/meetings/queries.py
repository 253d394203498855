"""Sessions and assessments together: the times they hold, today's meetings, and those without an outcome.

This module looks among the people it is given, and decides nothing about who may see them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Value

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How, State
from desist.programme.calendar.attendees import queries as company
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.referral.lists import StaffRisk

ASSESSMENT = "assessments:assessment"
#: the columns that sessions and assessments share
TOLD = (
    *("ref", "kind", "number", "episode__ref"),
    *("episode__referral__given_names", "episode__referral__family_name"),
    *("period", "room__name", "elsewhere", "how"),
    *("practitioner__name", "second__name", "others", "alone", "episode__referral__risk_kinds"),
)
HOLDER = TOLD.index("practitioner__name")


@dataclass(frozen=True)
class Meeting:
    """A session or an assessment of today; `route` and `ref` lead the person's practitioner to where it begins."""

    route: str
    ref: str
    title: str
    name: str
    starts_at: datetime
    place: str
    beside: str  # who else is there
    not_alone: bool  # as the referral says


@dataclass(frozen=True)
class Waiting:
    """A meeting that was over so many days ago and has no outcome; `sentence` says what the practitioner has to do."""

    sentence: str
    route: str
    ref: str
    days: int


def taken(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    room: Room | None,
    since: datetime,
    besides: int | None = None,
) -> list[Interval]:
    """Return the appointments that end after a moment: of the person, in the room, or with these members of staff.

    `besides` is the key of the meeting that is being moved.
    """
    whose = Q(episode=episode) | (Q(room=room) if room else Q(pk=None))
    whose |= Q(practitioner__in=staff) | Q(second__in=staff)
    rows = Assessment.objects.filter(whose, state=State.APPOINTED, period__endswith__gt=since)
    rows = rows.exclude(pk=besides) if besides else rows
    return [Interval(one.period.lower, one.period.upper, _words(one, episode, room, staff)) for one in rows]


def of_today(episodes: QuerySet[Episode], *, at: datetime) -> tuple[Meeting, ...]:
    """Return what is still to be held today with these people, in its order."""
    today = _today(at)
    return tuple(_meeting(found) for found in _open(Q(episode__in=episodes) & today))


def as_second(whose: Q, *, at: datetime) -> tuple[Meeting, ...]:
    """Return today's meetings in which a practitioner is the second; these lead to no page of the person."""
    return tuple(
        replace(_meeting(found), route="", beside=f"With {found[HOLDER] or 'nobody yet'}")
        for found in _open(whose & _today(at))
    )


def without_outcome(episodes: QuerySet[Episode], *, at: datetime, most: int) -> list[Waiting]:
    """Return the meetings that ended RECORD_DAYS ago and have no outcome, the oldest first."""
    since = at - timedelta(days=clocks.RECORD_DAYS)
    over = Q(period__startswith__lt=since, period__endswith__lt=since)  # by their beginnings they are indexed
    return [
        Waiting(
            f"Finish the record of {title(kind, number).lower()} with {spoken(episode)}"
            if kind
            else f"Finish or cancel the assessment of {spoken(episode)}",
            "sessions:session" if kind else ASSESSMENT,
            ref,
            (at - period.upper).days,
        )
        for ref, kind, number, episode, _, _, period, *_ in _open(Q(episode__in=episodes) & over)[:most]
    ]


def _today(at: datetime) -> Q:
    start = at.astimezone(clocks.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(period__startswith__gte=start, period__startswith__lt=start + timedelta(days=1))


def _meeting(found: tuple[Any, ...]) -> Meeting:
    ref, kind, number, _, given, family, period, room, elsewhere, how, _, second, others, alone, risks = found
    return Meeting(
        route="sessions:prepare" if kind else ASSESSMENT,
        ref=ref,
        title=title(kind, number) if kind else "Assessment",
        name=f"{given} {family}",
        starts_at=period.lower,
        place=room or elsewhere or (str(How(how).label) if how else "Remote"),
        beside=company.words(second=second or "", others=others, alone=alone),
        not_alone=StaffRisk.ALONE in risks,
    )


def _open(which: Q) -> QuerySet[Any, tuple[Any, ...]]:
    """Return sessions and assessments neither finished nor cancelled, in one query; an assessment has no kind."""
    sessions = Session.objects.filter(which, state=SessionState.PLANNED)
    assessments = Assessment.objects.filter(which, state=State.APPOINTED)
    both = sessions.annotate(elsewhere=Value(""), how=Value("")).values_list(*TOLD)
    return both.union(
        assessments.annotate(kind=Value(""), number=Value(0)).values_list(*TOLD), all=True
    ).order_by("period")


def _words(one: Assessment, episode: Episode, room: Room | None, staff: Collection[Practitioner]) -> str:
    if one.episode_id == episode.pk:
        return "the person has an assessment then"
    if room and one.room_id == room.pk:
        return "the room is taken then"
    name = next(each.name for each in staff if each.pk in {one.practitioner_id, one.second_id})
    return f"{name} has an assessment then"


def sessions_taken(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    room: Room | None,
    since: datetime,
    besides: Iterable[int],
) -> list[Interval]:
    """Return the sessions that end after a moment: of the person, in the room, or with these members of staff."""
    rows = Session.objects.filter(HOLDING, period__endswith__gt=since).exclude(pk__in=list(besides))
    theirs = Q(practitioner__in=staff) | Q(second__in=staff) | Q(episode=episode)
    rows = rows.filter(theirs | (Q(room=room) if room else Q(pk=None)))
    found = []
    for held, whose, *who in rows.order_by("period").values_list(
        "period", "episode", "practitioner", "second"
    ):
        busy_then = next((one.name for one in staff if one.pk in who), "")
        words = (
            "the person has another session then"
            if whose == episode.pk
            else f"{busy_then} has another session then"
            if busy_then
            else "the room is taken then"
        )
        found.append(Interval(held.lower, held.upper, words))
    return found
