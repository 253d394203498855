"""The service today: what waits in the whole area, and which practitioners have room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

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
from desist.programme.team.commands import counted_among
from desist.programme.team.policy import Action as TeamAction
from desist.programme.triage.policy import Action as TriageAction
from desist.ui.dates import day_of
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, anybody, day, moment

WEEK, YEAR = timedelta(days=7), timedelta(days=365)
#: concerns whose alert no partner took up; where none is linked to the referral, none was sent
UNTAKEN = Q(alert__acknowledged_at=None) & ~Q(referral__partner="")

#: the rows of one kind of task, and what makes one late: None where each is
Kept: TypeAlias = tuple[QuerySet[Any], Q | None]
#: what waits about people on the programme, in the order of `_counted`, and the page that lists it
PEOPLE = {
    "People waiting for a practitioner": "triage:inbox",
    "Sessions without an outcome": "home:team",
    "Assessments without an outcome": "home:team",
    "Missed sessions without contact": "home:team",
    "Safety checks that are open": "home:team",
    "Judgements of risk overdue for review": "risk:reviews",
    "People with no current judgement of risk": "risk:reviews",
    "Risks to staff and needs overdue for review": "circumstances:reviews",
    "Self-harm and crisis plans overdue for review": "circumstances:reviews",
    "Children and family; late: a hearing is past": "circumstances:reviews",
    "Deselections on hold, or not yet told": "home:team",
    "Tasks after a withdrawal": "home:team",
    "Debriefs requested": "supervision:board",
}


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
    today = day_of(at)
    first, *others, debriefs = _about_people(actor, at, today)
    team, kinds = _team(actor, at), _kinds(actor, at)
    number, untaken = sum(one.open for one in kinds), sum(one.untaken for one in kinds)
    found = [
        _referrals(actor, today),
        first,
        _to_move(actor, at),
        *others,
        _supervisions(actor, today),
        debriefs,
        Waiting("Open concerns", number, untaken, "concerns:concerns"),
    ]
    return Service(
        waiting=tuple(sorted(found, key=lambda one: (not one.late, not one.number))),
        kinds=kinds,
        desks=tuple(_desk(one, today) for one in team),
        places=places.places_of([places.stood(columns) for _, _, _, _, *columns in team], actor=actor, at=at),
    )


def _referrals(actor: Actor, today: date) -> Waiting:
    """Return the referrals that wait for a decision."""
    past = _midnight(today - timedelta(days=codes.ALLOCATION_DAYS))
    found = gate.within(actor, TriageAction.SEE_TRIAGE, REFERRALS, past=past)
    return _waiting("Referrals waiting for a decision", found, "triage:inbox")


def _to_decide(rows: QuerySet[Referral]) -> QuerySet[Any]:
    return _numbers(rows.filter(state=ReferralState.RECEIVED), Q(completed_at__lt=moment("past")))


def _about_people(actor: Actor, at: datetime, today: date) -> list[Waiting]:
    """Return the tasks about people on the programme, all counted in one statement with the event of the look."""
    known = {
        "today": today,
        "now": at,
        "unallocated": _midnight(today - timedelta(days=codes.ALLOCATION_DAYS)),
        "unrecorded": at - timedelta(days=clocks.RECORD_DAYS),
        "in_time": _midnight(clocks.in_time_since(now=at)),
        "wanted": at - timedelta(days=2),
    }
    rows = gate.read(actor, Action.SEE_SERVICE, ABOUT_PEOPLE, at=at, **known)
    found = {place: (number, late) for place, number, late in rows}
    return [
        Waiting(what, *found.get(place, (0, 0)), route) for place, (what, route) in enumerate(PEOPLE.items())
    ]


def _counted(rows: QuerySet[Episode]) -> QuerySet[Any]:
    """Return each of PEOPLE by its place: how many, how many late; what there is none of is missing."""
    kinds = (
        *_unrecorded(rows),
        *_judgements(rows),
        *_circumstances(rows.filter(ended_at=None)),
        *_left(rows),
    )
    first, *others = (
        found.order_by()
        .values(place=Value(place))
        .annotate(number=Count("pk"), late=Count("pk", filter=late) if late else Count("pk"))
        .values_list("place", "number", "late")
        for place, (_, (found, late)) in enumerate(zip(PEOPLE, kinds, strict=True))
    )
    counted: QuerySet[Any] = first.union(*others, all=True)
    return counted


def _unrecorded(rows: QuerySet[Episode]) -> Iterator[Kept]:
    """People without a practitioner, and what practitioners have not done yet."""
    sessions = Session.objects.filter(episode__in=rows)
    assessed = Assessment.objects.filter(episode__in=rows, state=AssessmentState.APPOINTED)
    # what is over began before: the index of planned meetings is by their beginning
    over = Q(period__endswith__lt=moment("unrecorded"), period__startswith__lt=moment("unrecorded"))
    yield rows.filter(state=EpisodeState.WAITING), Q(referral__completed_at__lt=moment("unallocated"))
    yield sessions.filter(over, state=SessionState.PLANNED), None
    yield assessed.filter(over), None
    yield sessions.filter(UNCONTACTED), Q(period__startswith__lt=moment("in_time"))
    yield Measure.objects.filter(episode__in=rows, flagged=True, safety_check=None, struck_at=None), None


def _judgements(rows: QuerySet[Episode]) -> Iterator[Kept]:
    """Judgements of risk that ran out, and people without any: never recorded, or struck out since."""
    newest = RiskRating.objects.filter(risk.newest(), episode__in=rows, episode__ended_at=None)
    yield newest.filter(review_on__lte=day("today")), Q(review_on__lt=day("today"))
    yield rows.filter(risk.unjudged()), Q(state=EpisodeState.IN_SESSIONS)


def _circumstances(here: QuerySet[Episode]) -> Iterator[Kept]:
    """Reviews of risks to staff, needs and self-harm, and the children of people on the programme."""
    today = day("today")
    late = Q(review_on__lt=today)
    yield Circumstance.objects.filter(circumstances.to_review(today), episode__in=here), late
    yield SelfHarm.objects.filter(circumstances.harm_to_review(today), episode__in=here), late
    yield Relative.objects.filter(over="", episode__in=here), circumstances.hearings_past(today)


def _left(rows: QuerySet[Episode]) -> Iterator[Kept]:
    """Leavings, withdrawals and debriefs."""
    holds = Leaving.objects.filter(episode__in=rows, held_until__isnull=False, told_at=None)
    tasks = FollowUpTask.objects.filter(episode__in=rows, done_at=None)
    debriefs = Session.objects.filter(episode__in=rows, debrief_wanted=True, debrief=None)
    yield holds.filter(state__in=STANDS), Q(held_until__lt=moment("now"))
    yield tasks, Q(due_on__lt=day("today"))
    yield debriefs, Q(saved_at__lt=moment("wanted"))


ABOUT_PEOPLE = Question(Episode, _counted)


def _to_move(actor: Actor, at: datetime) -> Waiting:
    """Return meetings that became impossible or unlawful as planned; late within two days of them."""
    found = clashes.to_move(people=Action.SEE_SERVICE, actor=actor, at=at)
    number, late = sum(one.number for one in found), sum(one.late for one in found)
    return Waiting("Meetings that cannot be held as planned", number, late, "home:team")


def _supervisions(actor: Actor, today: date) -> Waiting:
    """Return the supervisions of the team."""
    known = {"today": today, "week": today + WEEK}
    found = gate.within(actor, SupervisionAction.SEE_ARRANGEMENTS, SUPERVISIONS, **known)
    return _waiting("Supervisions due this week", found, "supervision:board")


def _to_supervise(rows: QuerySet[SupervisionArrangement]) -> QuerySet[Any]:
    rows = rows.filter(ended_at=None, practitioner__left_on=None, due_on__lt=day("week"))
    return _numbers(rows, Q(due_on__lt=day("today")))


def _kinds(actor: Actor, at: datetime) -> tuple[OfKind, ...]:
    """Return the concerns by kind, in the order of the list; only the kinds of which there are any."""
    rows = gate.within(actor, ConcernsAction.SEE_CONCERNS, CONCERNS, since=at - YEAR)
    found = {kind: OfKind("", *numbers) for kind, *numbers in rows}
    order = [*Kind.choices, ("", "Raised before kinds were asked for")]
    return tuple(replace(found[kind], kind=str(label)) for kind, label in order if kind in found)


def _by_kind(seen: QuerySet[Concern]) -> QuerySet[Any]:
    lately, still = Q(raised_at__gte=moment("since")), Q(closed_at=None)
    rows = seen.filter(still | lately).order_by().values("kind")
    return rows.annotate(
        open=Count("pk", filter=still),
        untaken=Count("pk", filter=UNTAKEN & still),
        raised=Count("pk", filter=lately),
    ).values_list("kind", "open", "untaken", "raised")


def _numbers(rows: QuerySet[Any], late: Q) -> QuerySet[Any]:
    """Return how many rows there are and how many late ones, in one row; no row where there are none."""
    every = rows.order_by().values(every=Value(1))
    numbers: QuerySet[Any] = every.annotate(number=Count("pk"), late=Count("pk", filter=late))
    return numbers.values_list("number", "late")


def _waiting(what: str, found: Sequence[tuple[Any, ...]], route: str) -> Waiting:
    number, late = found[0] if found else (0, 0)
    return Waiting(what, number, late, route)


REFERRALS, CONCERNS = Question(Referral, _to_decide), Question(Concern, _by_kind)
SUPERVISIONS = Question(SupervisionArrangement, _to_supervise)


def _team(actor: Actor, at: datetime) -> list[tuple[Any, ...]]:
    """Return the team by name, in one query; the order does not depend on who is full."""
    unrecorded = at - timedelta(days=clocks.RECORD_DAYS)
    return gate.within(actor, Action.SEE_SERVICE, TEAM, now=at, until=at + WEEK, unrecorded=unrecorded)


def _desks(seen: QuerySet[Episode]) -> QuerySet[Any]:
    """Return each practitioner of the area who has not left, with the numbers of their work.

    Every number counts the people whom the actor may see, as the team's pages do, in the practitioner's own work:
    standing in takes up no room.
    """
    here = policy.rule(TeamAction.SEE_TEAM).scope(anybody(Role.MANAGER))
    team = Practitioner.objects.filter(here, left_on=None)
    mine = Allocation.objects.filter(practitioner=OuterRef("pk"), ended_at=None, leave=None)
    planned = Session.objects.filter(
        practitioner=OuterRef("pk"), state=SessionState.PLANNED, episode__in=seen
    )
    ahead = Session.objects.filter(
        episode=OuterRef("episode"), state=SessionState.PLANNED, period__startswith__gte=moment("now")
    )
    idle = mine.filter(~Exists(ahead), episode__in=seen.filter(state=EpisodeState.IN_SESSIONS))
    soon = planned.filter(period__startswith__gte=moment("now"), period__startswith__lt=moment("until"))
    over = Q(period__endswith__lt=moment("unrecorded"), period__startswith__lt=moment("unrecorded"))
    late = planned.filter(over)
    said = counted_among(team, seen).annotate(
        soon=Coalesce(numbered(soon, "practitioner"), 0),
        idle=Coalesce(numbered(idle, "practitioner"), 0),
        late=Coalesce(numbered(late, "practitioner"), 0),
    )
    return said.order_by("name", "pk").values_list("ref", "soon", "idle", "late", *places.STANDING)


TEAM = Question(Episode, _desks)


def _desk(row: Sequence[Any], today: date) -> Desk:
    ref, soon, idle, late, *columns = row
    one = places.stood(columns)
    return Desk(
        ref=ref,
        name=one.name,
        people=one.people,
        capacity=one.capacity,
        room=places.room(one, today),
        obstacles=fitness.obstacles(standing=one, ties=places.NO_TIES, today=today),
        sessions=soon,
        unplanned=idle,
        unrecorded=late,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clocks.LONDON)
