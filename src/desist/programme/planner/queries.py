"""What the planner shows: a person's sessions week by week, what is in their way, and every change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desist.accounts import queries as accounts
from desist.programme.absences import commands as absences
from desist.programme.agreement import footing
from desist.programme.agreement import queries as agreement
from desist.programme.busy import commands as busy
from desist.programme.busy import queries as busy_times
from desist.programme.curriculum.outline import TWELVE
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN
from desist.programme.orders import queries as orders
from desist.programme.orders.queries import Untold
from desist.programme.planner import commands, proposal, states
from desist.programme.planner.models import Move, PlaceCheck
from desist.programme.planning_policy import Action as PlanningAction
from desist.programme.policy import Action
from desist.programme.premises import commands as premises
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import Kind, State
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: of the changes, the most that one page shows: the newest
MOST = 60


@dataclass(frozen=True)
class Page:
    """Whose sessions are planned and in which rooms, what orders exclude, and what is lacking: footing, orders untold."""

    ref: str
    spoken: str
    name: str
    version: int
    practitioner: str
    rooms: tuple[tuple[str, str], ...]
    excluded: tuple[str, ...]
    lacking: footing.Lacking | None
    untold: tuple[Untold, ...]


@dataclass(frozen=True)
class Line:
    """One session in its week. `clashes` are in words what stands in its way."""

    ref: str
    title: str
    about: str
    starts_at: datetime
    ends_at: datetime
    place: str
    practitioner: str
    state: str
    mark: str
    clashes: tuple[str, ...]
    may_move: bool
    may_take_back: bool
    begun: bool  # and nobody has finished its record


@dataclass(frozen=True)
class Week:
    """A week of the plan; weeks without a session, one after the other, are one row that says so."""

    monday: date
    lines: tuple[Line, ...]
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
    busy: tuple[busy_times.Row, ...]
    excluded: tuple[str, ...]
    untold: tuple[Untold, ...]
    changes: tuple[Change, ...]
    may_plan: bool
    to_plan: bool  # whether some of the twelve are still to be planned, and none is planned


def page(*, actor: Actor, ref: str, at: datetime) -> Page:
    """The form that plans the twelve, of one person."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).select_related("referral").get()
    return asked(row, at)


def asked(row: Episode, at: datetime) -> Page:
    """What every form of the planner has to know of somebody whose row the gate opened."""
    return Page(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        version=row.version,
        practitioner=_practitioner(row),
        rooms=tuple(premises.bookable(row.area).values_list("ref", "name")),
        excluded=orders.exclusions(referral=row.referral_id, on=dates.day_of(at)),
        lacking=footing.lacking(agreement.stands(row)),
        untold=orders.untold(referral=row.referral, today=dates.day_of(at)),
    )


def proposed(*, actor: Actor, ref: str, wish: commands.Wish, at: datetime) -> tuple[proposal.Proposed, ...]:
    """The sessions as they would be planned now."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).get()
    return commands.propose(episode=row, wish=wish, at=at)


def overview(*, actor: Actor, ref: str, at: datetime) -> Overview:
    """A person's plan week by week, what stands in its way, and how it came to be."""
    row = gate.open(actor, PlanningAction.SEE_PLANNER, Episode, ref, at=at).select_related("referral").get()
    rows = list(
        row.sessions.exclude(state=State.CANCELLED)
        .select_related("room__premises", "practitioner")
        .prefetch_related("moves")
        .order_by("period")
    )
    excluded = orders.exclusions(referral=row.referral_id, on=dates.day_of(at))
    may_plan = actor.role in policy.rule(Action.PLAN_SESSIONS).roles and row.state in OPEN
    lines = _lines(row, rows, excluded, at)
    return Overview(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        practitioner=_practitioner(row),
        weeks=_weeks(lines),
        busy=busy_times.rows(row),
        excluded=excluded,
        untold=orders.untold(referral=row.referral, today=dates.day_of(at)),
        changes=_changes(row),
        may_plan=may_plan,
        to_plan=may_plan and _to_plan([one for one in rows if one.kind == Kind.CORE], at),
    )


def _to_plan(twelve: list[Session], at: datetime) -> bool:
    return len({one.number for one in twelve}) < len(TWELVE) and not any(_is_ahead(one, at) for one in twelve)


def _is_ahead(one: Session, at: datetime) -> bool:
    return one.state == State.PLANNED and one.period.lower > at


def place(row: Session) -> str:
    """Where a session is."""
    return row.room.name if row.room else "Remote"


def _practitioner(row: Episode) -> str:
    current = Allocation.objects.filter(episode=row, ended_at=None, leave=None)
    return str(current.values_list("practitioner__name", flat=True).first() or "")


def _lines(row: Episode, rows: list[Session], excluded: tuple[str, ...], at: datetime) -> list[Line]:
    ahead = [one for one in rows if one.state == State.PLANNED and one.period.upper > at]
    clashes = _clashes(row, ahead, excluded, at)
    return [
        Line(
            ref=one.ref,
            title=title(one),
            about=one.about,
            starts_at=one.period.lower,
            ends_at=one.period.upper,
            place=place(one),
            practitioner=one.practitioner.name,
            state=State(one.state).label,
            mark=one.state,
            clashes=clashes.get(one.pk, ()),
            may_move=_is_ahead(one, at) and not one.attendance,
            may_take_back=one.entered and one.state == State.PLANNED and not one.attendance,
            begun=one.state == State.PLANNED and one.period.lower <= at,
        )
        for one in rows
    ]


def _clashes(
    row: Episode, ahead: list[Session], excluded: tuple[str, ...], at: datetime
) -> dict[int, tuple[str, ...]]:
    """By session in words what stands in the way of it where it is planned."""
    if not ahead:
        return {}
    first, last = (dates.day_of(one) for one in (ahead[0].period.lower, ahead[-1].period.upper))
    last += timedelta(days=1)
    cannot_come = busy.taken(episode=row, first=first, last=last)
    holders = {one.practitioner_id: one.practitioner for one in ahead}
    away = {key: absences.taken(practitioner=one, first=first, last=last) for key, one in holders.items()}
    able = _able(row, at)
    checks = list(PlaceCheck.objects.filter(episode=row).order_by("-said_at")) if excluded else []
    found = {}
    for one in ahead:
        wanted = proposal.Interval(one.period.lower, one.period.upper)
        words = proposal.obstacles(wanted, [*cannot_come, *away[one.practitioner_id]])
        if one.practitioner_id not in able and one.practitioner.left_on is None:
            words = (*words, f"{one.practitioner.name} no longer works with this person")
        found[one.pk] = (*words, *_of_room(one, excluded, checks))
    return found


def _able(row: Episode, at: datetime) -> set[int]:
    """Who works with somebody, or stands in now or later."""
    current = Allocation.objects.filter(episode=row, ended_at=None).select_related("practitioner")
    own = [one.practitioner for one in current]
    later = [cover for one in own for cover in absences.covers(practitioner=one, at=at)]
    return {one.pk for one in (*own, *later)}


def _of_room(one: Session, excluded: tuple[str, ...], checks: list[PlaceCheck]) -> tuple[str, ...]:
    if one.room is None:
        return ()
    premises_of = one.room.premises
    barred = one.room.closed_on or premises_of.closed_on or premises_of.never_book
    words = ["the room can no longer be booked"] if barred else []
    if excluded:
        said = next(
            (
                check
                for check in checks
                if check.premises_id == premises_of.pk
                and tuple(check.exclusions) == excluded
                and check.period.lower <= one.period.lower
                and one.period.upper <= check.period.upper
            ),
            None,
        )
        if said is None:
            words.append("nobody has said whether this place is inside an area that the order excludes")
        elif said.inside:
            words.append(f"inside an excluded area ({states.Inside(said.reason).label.lower()})")
    return tuple(words)


def _weeks(lines: list[Line]) -> tuple[Week, ...]:
    if not lines:
        return ()
    by_week: dict[date, list[Line]] = {}
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
            made_by=names.get(one.made_by, "somebody"),
            made_at=one.made_at,
        )
        for one in found
    )
