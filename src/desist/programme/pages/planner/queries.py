"""The contents of the planner: a person's sessions week by week, their obstacles, and every change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist.accounts import queries as accounts
from desist.programme.calendar.busy import queries as busy_times
from desist.programme.calendar.clashes import queries as clashes
from desist.programme.calendar.planner import queries as plans
from desist.programme.calendar.planner import states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.planner.policy import Action
from desist.programme.curriculum.outline import TWELVE
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.orders import queries as orders
from desist.programme.orders.queries import Untold
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import Kind, State
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: the most changes that one page shows: the newest
MOST = 60


@dataclass(frozen=True)
class SessionLine:
    """One session in its week. `clashes` are its obstacles in words, `answered` what a colleague answered for."""

    ref: str
    title: str
    about: str
    starts_at: datetime
    ends_at: datetime
    place: str
    practitioner: str
    beside: str  # who else is there
    state: str
    mark: str
    clashes: tuple[str, ...]
    answered: tuple[str, ...]
    in_company: bool  # another person of the programme is in the building then
    may_move: bool
    may_take_back: bool
    entered: bool  # after it was held


@dataclass(frozen=True)
class Week:
    """A week of the plan; consecutive weeks without a session make one row."""

    monday: date
    lines: tuple[SessionLine, ...]
    last: date  # the Monday of the last week of the row


@dataclass(frozen=True)
class Change:
    """One change of the plan."""

    title: str
    kind: str
    scope: str
    before: datetime | None
    after: datetime | None
    place_before: str
    place_after: str
    asked_by: str
    why: str
    words: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Overview:
    """A person's plan whole."""

    ref: str
    spoken: str
    name: str
    practitioner: str
    weeks: tuple[Week, ...]
    busy: tuple[busy_times.BusyRow, ...]
    excluded: tuple[str, ...]
    untold: tuple[Untold, ...]
    changes: tuple[Change, ...]
    may_plan: bool
    to_plan: bool  # whether some of the twelve are unplanned, and none is planned


def overview(*, actor: Actor, ref: str, at: datetime) -> Overview:
    """Return a person's plan week by week, with its obstacles and its history."""
    row = gate.open(actor, Action.SEE_PLANNER, Episode, ref, at=at).select_related("referral").get()
    rows = list(
        row.sessions.exclude(state=State.CANCELLED)
        .select_related("room__premises", "practitioner", "second")
        .prefetch_related("moves")
        .order_by("period")
    )
    may_plan = actor.role in policy.rule(Action.PLAN_SESSIONS).roles and row.state in OPEN
    return Overview(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        practitioner=plans.practitioner(row),
        weeks=_weeks(_lines(rows, at)),
        busy=busy_times.rows(row),
        excluded=orders.exclusions(referral=row.referral_id, on=dates.day_of(at)),
        untold=orders.untold(referral=row.referral, today=dates.day_of(at)),
        changes=_changes(row),
        may_plan=may_plan,
        to_plan=may_plan and _to_plan([one for one in rows if one.kind == Kind.CORE], at),
    )


def _to_plan(twelve: list[Session], at: datetime) -> bool:
    return len({one.number for one in twelve}) < len(TWELVE) and not any(_is_ahead(one, at) for one in twelve)


def _is_ahead(one: Session, at: datetime) -> bool:
    return one.state == State.PLANNED and one.period.lower > at


def _lines(rows: list[Session], at: datetime) -> list[SessionLine]:
    ahead = [one for one in rows if one.state == State.PLANNED and one.period.upper > at]
    found, company = clashes.of(ahead, at=at), clashes.in_company(ahead)
    nothing = clashes.Clash()
    return [
        SessionLine(
            ref=one.ref,
            title=title(one),
            about=one.about,
            starts_at=one.period.lower,
            ends_at=one.period.upper,
            place=plans.place(one),
            practitioner=one.practitioner.name,
            beside=plans.beside(one),
            state=State(one.state).label,
            mark=one.state,
            clashes=found.get(one.ref, nothing).forbids,
            answered=found.get(one.ref, nothing).answered,
            in_company=one.ref in company,
            may_move=_is_ahead(one, at) and not one.attendance,
            may_take_back=one.may_be_a_mistake,
            entered=one.entered,
        )
        for one in rows
    ]


def _weeks(lines: list[SessionLine]) -> tuple[Week, ...]:
    if not lines:
        return ()
    by_week: dict[date, list[SessionLine]] = {}
    for line in lines:
        day = dates.day_of(line.starts_at)
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(line)
    week, weeks = timedelta(weeks=1), []
    after = min(by_week)
    for monday in sorted(by_week):
        if after < monday:
            weeks.append(Week(after, (), monday - week))
        weeks.append(Week(monday, tuple(by_week[monday]), monday))
        after = monday + week
    return tuple(weeks)


def _changes(row: Episode) -> tuple[Change, ...]:
    rows = Move.objects.filter(session__episode=row).select_related("session", "room_before", "room_after")
    found = list(rows.order_by("-made_at", "-pk")[:MOST])
    names = accounts.names(refs={one.made_by for one in found})
    return tuple(
        Change(
            title=title(one.session),
            kind=states.Kind(one.kind).label,
            scope=states.Scope(one.scope).label if one.scope == states.Scope.LATER else "",
            before=one.before.lower if one.before else None,
            after=one.after.lower if one.after else None,
            place_before=one.room_before.name if one.room_before else "Remote",
            place_after=one.room_after.name if one.room_after else "Remote",
            asked_by=states.Asked(one.asked_by).label,
            why=states.Why(one.why).label,
            words=one.words,
            made_by=names.get(one.made_by, "a colleague"),
            made_at=one.made_at,
        )
        for one in found
    )
