"""Sessions and assessments together: the times they hold, those of today, and those nobody said the outcome of.

It looks among the people it is given, and decides nothing about who may see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State
from desist.programme.episodes.models import Episode
from desist.programme.planner.proposal import Interval
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.programme.team.models import Practitioner
from desist.references import spoken

NAMES = ("episode__referral__given_names", "episode__referral__family_name")


def taken(
    *,
    episode: Episode,
    practitioner: Practitioner | None,
    room: Room | None,
    since: datetime,
    besides: int | None = None,
) -> list[Interval]:
    """Appointments that end after a moment: of the person, in the room, or held by the practitioner.

    `besides` is the key of the one that is being moved.
    """
    whose = Q(episode=episode) | (Q(room=room) if room else Q(pk=None))
    if practitioner:
        whose |= Q(practitioner=practitioner)
    rows = Assessment.objects.filter(whose, state=State.APPOINTED, period__endswith__gt=since)
    rows = rows.exclude(pk=besides) if besides else rows
    return [Interval(one.period.lower, one.period.upper, _words(one, episode, room)) for one in rows]


def _words(one: Assessment, episode: Episode, room: Room | None) -> str:
    if one.episode_id == episode.pk:
        return "the person has an assessment then"
    if room and one.room_id == room.pk:
        return "the room is taken then"
    return "the practitioner has an assessment then"


@dataclass(frozen=True)
class Meeting:
    """A session or an assessment of today; `route` and `ref` lead to where it begins."""

    route: str
    ref: str
    title: str
    name: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class Waiting:
    """A meeting that was over so many days ago and has no outcome; `sentence` says what is to be done."""

    sentence: str
    route: str
    ref: str
    days: int


def of_today(episodes: QuerySet[Episode], *, at: datetime) -> tuple[Meeting, ...]:
    """What is still to be held today with these people, in its order."""
    start = at.astimezone(clocks.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    today = {
        "episode__in": episodes,
        "period__startswith__gte": start,
        "period__startswith__lt": start + timedelta(days=1),
    }
    sessions = Session.objects.filter(state=SessionState.PLANNED, **today)
    assessments = Assessment.objects.filter(state=State.APPOINTED, **today)
    found = [
        Meeting(
            "sessions:prepare",
            ref,
            title(kind, number),
            f"{given} {family}",
            period.lower,
            room or "Remote",
        )
        for ref, kind, number, given, family, period, room in sessions.values_list(
            "ref", "kind", "number", *NAMES, "period", "room__name"
        )
    ]
    found += [
        Meeting("assessments:assessment", one.ref, "Assessment", _name(one), one.period.lower, one.place)
        for one in assessments.select_related("episode__referral", "room")
    ]
    return tuple(sorted(found, key=lambda meeting: meeting.starts_at))


def without_outcome(episodes: QuerySet[Episode], *, at: datetime, most: int) -> list[Waiting]:
    """Those that are over for RECORD_DAYS and of which nobody has said what came of them, of each kind the oldest."""
    over = {"episode__in": episodes, "period__endswith__lt": at - timedelta(days=clocks.RECORD_DAYS)}
    sessions = Session.objects.filter(state=SessionState.PLANNED, **over).order_by("period")
    assessments = Assessment.objects.filter(state=State.APPOINTED, **over).order_by("period")
    return [
        *(
            _waiting(f"Finish the record of {title(kind, number).lower()} with", "sessions:session", rest, at)
            for kind, number, *rest in sessions.values_list(
                "kind", "number", "ref", "episode__ref", "period"
            )[:most]
        ),
        *(
            _waiting("Finish or cancel the assessment of", "assessments:assessment", rest, at)
            for rest in assessments.values_list("ref", "episode__ref", "period")[:most]
        ),
    ]


def _waiting(what: str, route: str, of: Sequence[Any], at: datetime) -> Waiting:
    ref, episode, period = of
    return Waiting(f"{what} {spoken(episode)}", route, ref, (at - period.upper).days)


def _name(one: Assessment) -> str:
    return f"{one.episode.referral.given_names} {one.episode.referral.family_name}"
