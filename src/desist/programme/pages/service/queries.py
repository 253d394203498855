"""The service today: what waits in the whole area, and which practitioners have room."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from desist import codes
from desist.programme import clocks
from desist.programme.agreement.models import FollowUpTask
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.clashes import queries as clashes
from desist.programme.circumstances import queries as circumstances
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action as ConcernsAction
from desist.programme.concerns.stages import Kind
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import STANDS
from desist.programme.measures.models import Measure
from desist.programme.pages.people.queries import counted as numbered
from desist.programme.pages.service.policy import Action
from desist.programme.practitioners import fitness
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State as ReferralState
from desist.programme.risk import queries as risk
from desist.programme.risk.models import RiskRating
from desist.programme.sessions.models import Session
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.states import State as SessionState
from desist.programme.supervision.policy import Action as SupervisionAction
from desist.programme.team import commands as places
from desist.programme.team.commands import counted, standing, visible
from desist.programme.team.policy import Action as TeamAction
from desist.programme.triage.policy import Action as TriageAction
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor

WEEK, YEAR = timedelta(days=7), timedelta(days=365)
#: concerns whose alert no partner took up; where none is linked to the referral, none was sent
UNTAKEN = Q(alert__acknowledged_at=None) & ~Q(referral__partner="")


@dataclass(frozen=True)
class Waiting:
    """One kind of task that waits: how many, how many late, and the page that lists them."""

    what: str
    number: int
    late: int
    route: str


@dataclass(frozen=True)
class Desk:
    """One practitioner's work: people of how many, sessions in the next seven days, and unrecorded ones."""

    ref: str
    name: str
    people: int
    capacity: int
    room: int
    obstacles: tuple[str, ...]
    sessions: int
    unplanned: int  # people in sessions with none planned
    unrecorded: int


@dataclass(frozen=True)
class OfKind:
    """The concerns of one kind: open now, of these with an alert that no partner took up, raised in twelve months."""

    kind: str
    open: int
    untaken: int
    raised: int


@dataclass(frozen=True)
class Service:
    """The area as it stands."""

    waiting: tuple[Waiting, ...]
    kinds: tuple[OfKind, ...]
    desks: tuple[Desk, ...]
    places: places.Places


def service(*, actor: Actor, at: datetime) -> Service:
    """Return what waits, the late first, about the people whom the manager may see, and the team's work."""
    episodes = gate.see(actor, Action.SEE_SERVICE, Episode, at=at)
    today = day_of(at)
    found = [
        *_entry(actor, episodes, today),
        _to_move(episodes, actor, at),
        *_work(episodes, at, today),
        *_circumstances(episodes, today),
        *_people(episodes, actor, at, today),
    ]
    team = _team(actor, at)
    kinds = _kinds(actor, at)
    number, untaken = sum(one.open for one in kinds), sum(one.untaken for one in kinds)
    found.append(Waiting("Open concerns", number, untaken, "concerns:concerns"))
    return Service(
        waiting=tuple(sorted(found, key=lambda one: (not one.late, not one.number))),
        kinds=kinds,
        desks=tuple(_desk(one, today) for one in team),
        places=places.places_of(map(standing, team), actor=actor, at=at),
    )


def _entry(actor: Actor, episodes: QuerySet[Episode], today: date) -> list[Waiting]:
    """Return referrals and people before their first session."""
    referrals = Referral.objects.filter(
        policy.rule(TriageAction.SEE_TRIAGE).scope(actor), state=ReferralState.RECEIVED
    )
    past = _midnight(today - timedelta(days=codes.ALLOCATION_DAYS))
    waiting = episodes.filter(state=EpisodeState.WAITING)
    return [
        _count("Referrals waiting for a decision", referrals, Q(completed_at__lt=past), "triage:inbox"),
        _count(
            "People waiting for a practitioner", waiting, Q(referral__completed_at__lt=past), "triage:inbox"
        ),
    ]


def _work(episodes: QuerySet[Episode], at: datetime, today: date) -> list[Waiting]:
    """Return what practitioners have not done yet."""
    sessions = Session.objects.filter(episode__in=episodes)
    over = sessions.filter(
        state=SessionState.PLANNED, period__endswith__lt=at - timedelta(days=clocks.RECORD_DAYS)
    )
    assessed = Assessment.objects.filter(
        episode__in=episodes,
        state=AssessmentState.APPOINTED,
        period__endswith__lt=at - timedelta(days=clocks.RECORD_DAYS),
    )
    missed = sessions.filter(UNCONTACTED)
    in_time = _midnight(clocks.in_time_since(now=at))
    checks = Measure.objects.filter(episode__in=episodes, flagged=True, safety_check=None, struck_at=None)
    return [
        _count("Sessions without an outcome", over, Q(), "home:team"),
        _count("Assessments without an outcome", assessed, Q(), "home:team"),
        _count("Missed sessions without contact", missed, Q(period__startswith__lt=in_time), "home:team"),
        _count("Safety checks that are open", checks, Q(), "home:team"),
        *_judgements(episodes, today),
    ]


def _judgements(episodes: QuerySet[Episode], today: date) -> list[Waiting]:
    """Return judgements of risk that ran out, and people without any: never recorded, or struck out since."""
    rows = RiskRating.objects.filter(risk.newest(), episode__in=episodes, episode__ended_at=None)
    numbers = rows.aggregate(
        ran_out=Count("pk", filter=Q(review_on__lte=today)),
        late=Count("pk", filter=Q(review_on__lt=today)),
    )
    return [
        Waiting("Judgements of risk overdue for review", numbers["ran_out"], numbers["late"], "risk:reviews"),
        _count(
            "People with no current judgement of risk",
            episodes.filter(risk.unjudged()),
            Q(state=EpisodeState.IN_SESSIONS),
            "risk:reviews",
        ),
    ]


def _circumstances(episodes: QuerySet[Episode], today: date) -> list[Waiting]:
    """Return reviews of risks to staff, needs and self-harm, and the children of people on the programme."""
    here, late = episodes.filter(ended_at=None), Q(review_on__lt=today)
    asked = (
        (Circumstance.objects.filter(circumstances.to_review(today)), late),
        (SelfHarm.objects.filter(circumstances.harm_to_review(today)), late),
        (Relative.objects.filter(over=""), circumstances.hearings_past(today)),
    )
    first, *others = (
        rows.filter(episode__in=here)
        .values(of=Value(number))
        .annotate(number=Count("pk"), late=Count("pk", filter=past))
        for number, (rows, past) in enumerate(asked)
    )
    found = {one["of"]: one for one in first.union(*others, all=True)}
    titles = (
        "Risks to staff and needs overdue for review",
        "Self-harm and crisis plans overdue for review",
        "Children and family; late: a hearing is past",
    )
    nothing = {"number": 0, "late": 0}
    counts = [found.get(number, nothing) for number in range(len(titles))]
    return [
        Waiting(title, one["number"], one["late"], "circumstances:reviews")
        for title, one in zip(titles, counts, strict=True)
    ]


def _to_move(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> Waiting:
    """Return meetings that became impossible or unlawful as planned; late within two days of them."""
    found = clashes.to_move(episodes=episodes, actor=actor, at=at)
    number, late = sum(one.number for one in found), sum(one.late for one in found)
    return Waiting("Meetings that cannot be held as planned", number, late, "home:team")


def _people(episodes: QuerySet[Episode], actor: Actor, at: datetime, today: date) -> list[Waiting]:
    """Return leavings, withdrawals, supervision and debriefs."""
    holds = Leaving.objects.filter(episode__in=episodes, held_until__isnull=False, told_at=None)
    tasks = FollowUpTask.objects.filter(episode__in=episodes, done_at=None)
    team = policy.rule(SupervisionAction.SEE_ARRANGEMENTS).scope(actor)
    arrangements = SupervisionArrangement.objects.filter(team, ended_at=None, practitioner__left_on=None)
    debriefs = Session.objects.filter(episode__in=episodes, debrief_wanted=True, debrief=None)
    return [
        _count(
            "Deselections on hold, or not yet told",
            holds.filter(state__in=STANDS),
            Q(held_until__lt=at),
            "home:team",
        ),
        _count("Tasks after a withdrawal", tasks, Q(due_on__lt=today), "home:team"),
        _count(
            "Supervisions due this week",
            arrangements.filter(due_on__lt=today + WEEK),
            Q(due_on__lt=today),
            "supervision:board",
        ),
        _count("Debriefs requested", debriefs, Q(saved_at__lt=at - timedelta(days=2)), "supervision:board"),
    ]


def _kinds(actor: Actor, at: datetime) -> tuple[OfKind, ...]:
    """Return the concerns by kind, in the order of the list; only the kinds of which there are any."""
    seen = Concern.objects.filter(policy.rule(ConcernsAction.SEE_CONCERNS).scope(actor))
    rows = seen.filter(Q(closed_at=None) | Q(raised_at__gte=at - YEAR)).values("kind").order_by("kind")
    numbers = rows.annotate(
        open=Count("pk", filter=Q(closed_at=None)),
        untaken=Count("pk", filter=UNTAKEN & Q(closed_at=None)),
        raised=Count("pk", filter=Q(raised_at__gte=at - YEAR)),
    )
    found = {one["kind"]: one for one in numbers}
    order = [*Kind.choices, ("", "Raised before kinds were asked for")]
    return tuple(
        OfKind(str(label), found[kind]["open"], found[kind]["untaken"], found[kind]["raised"])
        for kind, label in order
        if kind in found
    )


def _count(what: str, rows: QuerySet, late: Q, route: str) -> Waiting:  # type: ignore[type-arg]  # of any model
    numbers = rows.aggregate(number=Count("pk"), late=Count("pk", filter=late) if late else Count("pk"))
    return Waiting(what, numbers["number"], numbers["late"], route)


def _team(actor: Actor, at: datetime) -> list[Practitioner]:
    """Return the team by name, in one query; the order does not depend on who is full.

    Every number counts the people whom the actor may see, as the team's pages do, in the practitioner's own work:
    standing in takes up no room.
    """
    team = Practitioner.objects.filter(policy.rule(TeamAction.SEE_TEAM).scope(actor), left_on=None)
    seen = visible(actor)
    mine = Allocation.objects.filter(
        practitioner=OuterRef("pk"), ended_at=None, leave=None, episode__in=seen.filter(state__in=OPEN)
    )
    planned = Session.objects.filter(
        practitioner=OuterRef("pk"), state=SessionState.PLANNED, episode__in=seen
    )
    ahead = Session.objects.filter(
        episode=OuterRef("episode"), state=SessionState.PLANNED, period__startswith__gte=at
    )
    idle = mine.filter(~Exists(ahead), episode__state=EpisodeState.IN_SESSIONS)
    soon = planned.filter(period__startswith__gte=at, period__startswith__lt=at + WEEK)
    late = planned.filter(period__endswith__lt=at - timedelta(days=clocks.RECORD_DAYS))
    said = counted(team, actor).annotate(
        soon=Coalesce(numbered(soon, "practitioner"), 0),
        idle=Coalesce(numbered(idle, "practitioner"), 0),
        late=Coalesce(numbered(late, "practitioner"), 0),
    )
    return list(said.order_by("name", "pk"))


def _desk(row: Any, today: date) -> Desk:  # noqa: ANN401 - a practitioner with the annotations of `_team`
    one = standing(row)
    return Desk(
        ref=row.ref,
        name=row.name,
        people=one.people,
        capacity=one.capacity,
        room=places.room(one, today),
        obstacles=fitness.obstacles(standing=one, ties=places.NO_TIES, today=today),
        sessions=row.soon,
        unplanned=row.idle,
        unrecorded=row.late,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clocks.LONDON)
