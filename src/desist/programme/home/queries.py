"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desist.programme import clocks
from desist.programme.concerns import queries as concerns
from desist.programme.episodes.models import Episode
from desist.programme.home import dues
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Meeting:
    """A session of today."""

    ref: str
    number: int
    name: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class Day:
    """Today: the sessions first, then what is due, open concerns before all."""

    meetings: tuple[Meeting, ...]
    dues: tuple[dues.Due, ...]
    concerns: tuple[concerns.Row, ...]


def my_day(*, actor: Actor, at: datetime) -> Day:
    """Today's sessions and what is due, about the people whom the actor may see."""
    episodes = gate.see(actor, Action.SEE_MY_DAY, Episode, at=at)
    start = at.astimezone(clocks.LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    sessions = (
        Session.objects.filter(
            episode__in=episodes,
            state="planned",
            period__startswith__gte=start,
            period__startswith__lt=start + timedelta(days=1),
        )
        .order_by("period")
        .values_list(
            "ref",
            "number",
            "episode__referral__given_names",
            "episode__referral__family_name",
            "period",
            "room__name",
        )
    )
    return Day(
        meetings=tuple(
            Meeting(ref, number, f"{given} {family}", period.lower, room or "Remote")
            for ref, number, given, family, period, room in sessions
        ),
        dues=dues.everything(episodes=episodes, at=at),
        concerns=concerns.to_close(actor=actor, at=at),
    )
