"""Sessions and assessments as My day tells them: those of today, and those of which nobody said what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.episodes.models import Episode
from desist.programme.home.dues import Due
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.references import spoken

NAMES = ("episode__referral__given_names", "episode__referral__family_name")


@dataclass(frozen=True)
class Meeting:
    """A session or an assessment of today; `route` and `ref` lead to where it begins."""

    route: str
    ref: str
    title: str
    name: str
    starts_at: datetime
    place: str


def of_today(episodes: QuerySet[Episode], *, at: datetime) -> tuple[Meeting, ...]:
    """What is still to be held today with these people, in its order."""
    start = at.astimezone(clocks.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    today = {
        "episode__in": episodes,
        "period__startswith__gte": start,
        "period__startswith__lt": start + timedelta(days=1),
    }
    sessions = Session.objects.filter(state=SessionState.PLANNED, **today)
    assessments = Assessment.objects.filter(state=AssessmentState.APPOINTED, **today)
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


def without_outcome(episodes: QuerySet[Episode], *, at: datetime, most: int) -> list[Due]:
    """Those that are over for RECORD_DAYS and of which nobody has said what came of them, of each kind the oldest."""
    over = {"episode__in": episodes, "period__endswith__lt": at - timedelta(days=clocks.RECORD_DAYS)}
    sessions = Session.objects.filter(state=SessionState.PLANNED, **over).order_by("period")
    assessments = Assessment.objects.filter(state=AssessmentState.APPOINTED, **over).order_by("period")
    return [
        *(
            _due(f"Finish the record of {title(kind, number).lower()} with", "sessions:session", rest, at)
            for kind, number, *rest in sessions.values_list(
                "kind", "number", "ref", "episode__ref", "period"
            )[:most]
        ),
        *(
            _due("Finish or cancel the assessment of", "assessments:assessment", rest, at)
            for rest in assessments.values_list("ref", "episode__ref", "period")[:most]
        ),
    ]


def _due(what: str, route: str, of: Sequence[Any], at: datetime) -> Due:
    ref, episode, period = of
    clock = f"held {(at - period.upper).days} days ago, no outcome"
    return Due(f"{what} {spoken(episode)}", route, ref, clock, "late")


def _name(one: Assessment) -> str:
    return f"{one.episode.referral.given_names} {one.episode.referral.family_name}"
