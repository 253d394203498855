"""What waits for whoever is signed in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from desist.programme import clocks
from desist.programme.agreement.models import FollowUpTask
from desist.programme.agreement.states import FollowUp
from desist.programme.concerns import queries as concerns
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State
from desist.programme.measures.models import Measure
from desist.programme.policy import Action
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: of each kind of thing that is due
PAGE = 50


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
            *_safety_checks(episodes),
            *_follow_ups(episodes, start.date()),
            *(
                Due(f"Allocate {spoken(ref)}", ref, count.words, count.urgency or "calm")
                for ref, count in clocked
            ),
        ),
        concerns=concerns.to_close(actor=actor, at=at),
    )


def _safety_checks(episodes: QuerySet[Episode]) -> tuple[Due, ...]:
    """Whoever an answer says must be asked about their safety: before everything else."""
    waiting = Measure.objects.filter(
        episode__in=episodes, flagged=True, safety_check=None, struck_at=None
    ).order_by("recorded_at", "pk")
    refs = waiting.values_list("episode__ref", flat=True)[:PAGE]
    return tuple(Due(f"Safety check of {spoken(ref)}", ref, "now", "late") for ref in refs)


def _follow_ups(episodes: QuerySet[Episode], today: date) -> tuple[Due, ...]:
    """What follows from withdrawals and is due today or was before."""
    due = FollowUpTask.objects.filter(episode__in=episodes, done_at=None, due_on__lte=today)
    rows = due.order_by("due_on", "pk").values_list("episode__ref", "kind", "due_on")[:PAGE]
    return tuple(
        Due(
            f"{spoken(ref)} withdrew. {FollowUp(kind).label}",
            ref,
            f"due {dates.on(due_on)}",
            "late" if due_on < today else "soon",
        )
        for ref, kind, due_on in rows
    )
