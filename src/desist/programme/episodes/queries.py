"""Questions about people on the programme, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.urls import reverse

from desist.programme import clocks
from desist.programme.agreement.states import State as AgreementState
from desist.programme.concerns.models import Concern
from desist.programme.episodes import commands
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import State
from desist.programme.leaving import states as leaving_states
from desist.programme.measures.models import Measure
from desist.programme.orders.queries import Banner, banners
from desist.programme.policy import Action
from desist.programme.sessions import states as session_states
from desist.programme.sessions.models import Session
from desist.programme.team.models import Practitioner
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 30
TWELVE = 12


@dataclass(frozen=True)
class Row:
    """One line of the caseload."""

    ref: str
    spoken: str
    name: str
    state: str
    practitioner: str
    attended: int
    next_at: datetime | None
    concern: bool


@dataclass(frozen=True)
class Step:
    """One of the sessions, as the strip draws it."""

    ref: str
    number: int
    kind: str
    mark: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str


@dataclass(frozen=True)
class Left:
    """How somebody leaves, or left: held until when, while a deselection waits."""

    held: bool
    held_until: datetime | None
    ended_at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True)
class Page:
    """One person: who, how far, what next."""

    ref: str
    referral: str
    spoken: str
    name: str
    born: date
    state: str
    state_label: str
    version: int
    clock: clocks.DayCount | None
    practitioner: str
    allocated_at: datetime | None
    steps: tuple[Step, ...]
    agreement: AgreementState
    safety: str  # the measure that waits for its safety check, empty mostly
    open_concerns: int
    opened_at: datetime
    leaving: Left | None
    orders: tuple[Banner, ...]

    @property
    def strip(self) -> list[tuple[int, str, str]]:
        """The sessions as the strip macro takes them."""
        return [(step.number, step.mark, reverse("sessions:session", args=[step.ref])) for step in self.steps]

    @property
    def next_step(self) -> Step | None:
        """The first session that is still planned."""
        return next((step for step in self.steps if step.mark in {"next", "planned"}), None)


@dataclass(frozen=True)
class Candidate:
    """A practitioner as the allocation page offers them, and what stands in the way."""

    ref: str
    name: str
    profession: str
    people: int
    capacity: int
    obstacle: str


def episodes(*, actor: Actor, at: datetime, after: str = "", search: str = "") -> tuple[Row, ...]:
    """The caseload in order of name, PAGE at a time; `after` is the last reference of the page before."""
    rows = gate.see(actor, Action.SEE_EPISODES, Episode, at=at)
    if search:
        rows = rows.filter(referral__family_name__istartswith=search)
    if after:
        last = rows.filter(ref=after).values_list("referral__family_name", "pk").first()
        if last:
            rows = rows.filter(referral__family_name__gte=last[0]).exclude(
                referral__family_name=last[0], pk__lte=last[1]
            )
    planned = Session.objects.filter(episode=OuterRef("pk"), state="planned").order_by("period")
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None)
    found = rows.order_by("referral__family_name", "pk").annotate(
        given=F("referral__given_names"),
        family=F("referral__family_name"),
        who=Subquery(current.values("practitioner__name")[:1]),
        next_period=Subquery(planned.values("period")[:1]),
        done=_count_attended(),
        concern=Exists(Concern.objects.filter(episode=OuterRef("pk"), closed_at=None)),
    )
    values = found.values_list("ref", "given", "family", "state", "who", "done", "next_period", "concern")[
        :PAGE
    ]
    return tuple(
        Row(
            ref=ref,
            spoken=spoken(ref),
            name=f"{given} {family}",
            state=State(state).label,
            practitioner=who or "",
            attended=done or 0,
            next_at=period.lower if period else None,
            concern=concern,
        )
        for ref, given, family, state, who, done, period, concern in values
    )


def episode(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One person's page."""
    checks = Measure.objects.filter(
        episode=OuterRef("pk"), flagged=True, safety_check=None, struck_at=None
    ).values("ref")
    rows = gate.open(actor, Action.SEE_EPISODE, Episode, ref, at=at).select_related("referral", "agreement")
    row = rows.annotate(safety=Subquery(checks[:1])).get()
    agreement = getattr(row, "agreement", None)
    allocation = row.allocations.filter(ended_at=None).select_related("practitioner").first()
    waiting = row.state == State.WAITING
    return Page(
        ref=row.ref,
        referral=row.referral.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        born=row.referral.born,
        state=row.state,
        state_label=State(row.state).label,
        version=row.version,
        clock=clocks.allocation(complete_at=row.referral.completed_at, now=at) if waiting else None,
        practitioner=allocation.practitioner.name if allocation else "",
        allocated_at=allocation.made_at if allocation else None,
        steps=steps(row),
        agreement=AgreementState(agreement.state) if agreement else AgreementState.NOT_ASKED,
        safety=row.safety or "",
        open_concerns=row.concerns.filter(closed_at=None).count(),
        opened_at=row.opened_at,
        leaving=_leaving(row),
        orders=banners(orders=row.referral.protection_orders.all(), today=day_of(at)),
    )


def steps(row: Episode) -> tuple[Step, ...]:
    """The sessions of an episode in order, cancelled ones left out."""
    held = {
        session_states.State.ATTENDED: "done",
        session_states.State.MISSED: "missed",
        session_states.State.PLANNED: "planned",
    }
    found, next_marked = [], False
    sessions = row.sessions.exclude(state="cancelled").order_by("period").select_related("room")
    for session in sessions:
        mark = held[session_states.State(session.state)]
        if mark == "done" and session.kind == session_states.Kind.CATCH_UP:
            mark = "catchup"
        if mark == "planned" and not next_marked:
            mark, next_marked = "next", True
        found.append(
            Step(
                ref=session.ref,
                number=session.number,
                kind=session_states.Kind(session.kind).label,
                mark=mark,
                starts_at=session.period.lower,
                ends_at=session.period.upper,
                place=session.room.name if session.room else "Remote",
                state=session_states.State(session.state).label,
            )
        )
    return tuple(found)


def candidates(*, actor: Actor, ref: str, at: datetime) -> tuple[Candidate, ...]:
    """Every practitioner of the area, those who can take the person first."""
    episode = gate.open(actor, Action.ALLOCATE, Episode, ref, at=at).select_related("referral").get()
    team = gate.see(actor, Action.SEE_TEAM, Practitioner, at=at).order_by("name")
    offered = [
        Candidate(
            ref=practitioner.ref,
            name=practitioner.name,
            profession=Practitioner.Profession(practitioner.profession).label,
            people=practitioner.allocations.filter(ended_at=None, episode__ended_at=None).count(),
            capacity=practitioner.capacity,
            obstacle=commands.obstacle(practitioner=practitioner, episode=episode, at=at),
        )
        for practitioner in team
    ]
    return tuple(sorted(offered, key=lambda candidate: bool(candidate.obstacle)))


def _leaving(row: Episode) -> Left | None:
    found = row.leavings.exclude(state=leaving_states.State.TAKEN_BACK).first()
    if found is None:
        return None
    return Left(
        held=found.state == leaving_states.State.HELD,
        held_until=found.held_until,
        ended_at=found.ended_at,
        by=str(found.get_by_display()),
        reason=str(found.get_reason_display()),
    )


def _count_attended() -> Subquery:
    attended = Session.objects.filter(episode=OuterRef("pk"), state="attended").order_by()
    return Subquery(attended.values("episode").annotate(number=Count("pk")).values("number"))
