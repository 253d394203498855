"""Sessions and assessments together: the times they hold, those of today, and those nobody said the outcome of.

It looks among the people it is given, and decides nothing about who may see them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Value

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How, State
from desist.programme.episodes.models import Episode
from desist.programme.planner.proposal import Interval
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.programme.team.models import Practitioner
from desist.references import spoken

ASSESSMENT = "assessments:assessment"
#: what is told of a session and of an assessment alike
TOLD = (
    *("ref", "kind", "number", "episode__ref"),
    *("episode__referral__given_names", "episode__referral__family_name"),
    *("period", "room__name", "elsewhere", "how"),
)


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


def of_today(episodes: QuerySet[Episode], *, at: datetime) -> tuple[Meeting, ...]:
    """What is still to be held today with these people, in its order."""
    start = at.astimezone(clocks.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(period__startswith__gte=start, period__startswith__lt=start + timedelta(days=1))
    return tuple(
        Meeting(
            route="sessions:prepare" if kind else ASSESSMENT,
            ref=ref,
            title=title(kind, number) if kind else "Assessment",
            name=f"{given} {family}",
            starts_at=period.lower,
            place=room or elsewhere or (str(How(how).label) if how else "Remote"),
        )
        for ref, kind, number, _, given, family, period, room, elsewhere, how in _open(episodes, today)
    )


def without_outcome(episodes: QuerySet[Episode], *, at: datetime, most: int) -> list[Waiting]:
    """Those that are over for RECORD_DAYS and of which nobody has said what came of them, the oldest first."""
    over = Q(period__endswith__lt=at - timedelta(days=clocks.RECORD_DAYS))
    return [
        Waiting(
            f"Finish the record of {title(kind, number).lower()} with {spoken(episode)}"
            if kind
            else f"Finish or cancel the assessment of {spoken(episode)}",
            "sessions:session" if kind else ASSESSMENT,
            ref,
            (at - period.upper).days,
        )
        for ref, kind, number, episode, _, _, period, *_ in _open(episodes, over)[:most]
    ]


def _open(episodes: QuerySet[Episode], when: Q) -> QuerySet[Any, tuple[Any, ...]]:
    """Sessions and assessments that nobody finished or cancelled, in one question; an assessment has no kind."""
    sessions = Session.objects.filter(when, episode__in=episodes, state=SessionState.PLANNED)
    assessments = Assessment.objects.filter(when, episode__in=episodes, state=State.APPOINTED)
    both = sessions.annotate(elsewhere=Value(""), how=Value("")).values_list(*TOLD)
    return both.union(
        assessments.annotate(kind=Value(""), number=Value(0)).values_list(*TOLD), all=True
    ).order_by("period")


def _words(one: Assessment, episode: Episode, room: Room | None) -> str:
    if one.episode_id == episode.pk:
        return "the person has an assessment then"
    if room and one.room_id == room.pk:
        return "the room is taken then"
    return "the practitioner has an assessment then"
