"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desist.programme import clocks
from desist.programme.concerns import queries as concerns
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State
from desist.programme.leaving import queries as leaving
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Due:
    """One thing to do, as a sentence with its clock."""

    sentence: str
    episode: str
    clock: str
    urgency: str


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
    dues: tuple[Due, ...]
    concerns: tuple[concerns.Row, ...]


def my_day(*, actor: Actor, at: datetime) -> Day:
    """Today's sessions and unallocated people, among those the actor may see."""
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
    waiting = episodes.filter(state=State.WAITING).order_by("referral__completed_at")
    clocked = [
        (ref, clocks.allocation(complete_at=complete, now=at))
        for ref, complete in waiting.values_list("ref", "referral__completed_at")
    ]
    return Day(
        meetings=tuple(
            Meeting(ref, number, f"{given} {family}", period.lower, room or "Remote")
            for ref, number, given, family, period, room in sessions
        ),
        dues=(
            *(
                Due(f"Allocate {spoken(ref)}", ref, count.words, count.urgency or "calm")
                for ref, count in clocked
            ),
            *(_leaving(one, at) for one in leaving.waiting(actor=actor, at=at)),
        ),
        concerns=concerns.to_close(actor=actor, at=at),
    )


def _leaving(one: leaving.Waiting, at: datetime) -> Due:
    """A hold that runs tells nobody; once it is over, the person is to be told."""
    until = dates.at(one.held_until) if one.held_until else ""
    if one.held:
        return Due(f"Tell nobody yet: {one.spoken} leaves", one.episode, f"held until {until}", "calm")
    since = dates.age(one.held_until, at) if one.held_until else ""
    return Due(f"Tell {one.spoken} that the programme ended", one.episode, f"since {since}", "soon")
