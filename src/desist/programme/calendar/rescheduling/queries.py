"""The facts that the forms which change a plan need."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.calendar.attendees.commands import Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner import queries as plans
from desist.programme.calendar.rescheduling import commands
from desist.programme.calendar.rescheduling.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import State
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ToMove:
    """A session that is to be moved or cancelled, and what the form has to offer.

    `asked` says whose session it is; `people` may hold it, `company` may attend; `later` counts the sessions that would
    follow. `closed` says why the plan cannot be changed, empty when it can.
    """

    ref: str
    title: str
    asked: plans.PlanningPage
    version: int
    starts_at: datetime
    ends_at: datetime
    place: str
    room: str
    practitioner: str
    people: tuple[tuple[str, str], ...]
    later: int
    closed: str
    company: Attendees


@dataclass(frozen=True)
class ToAdd:
    """Whose plan gets a further session, and which of the twelve can be caught up on."""

    asked: plans.PlanningPage
    sessions: tuple[tuple[int, str], ...]


def to_move(*, actor: Actor, ref: str, at: datetime) -> ToMove:
    """One session, to move."""
    row = _open(actor, ref, at)
    return _page(row, actor, at, closed="" if commands.free(row, at) else _closed(row))


def to_cancel(*, actor: Actor, ref: str, at: datetime) -> ToMove:
    """One session, to cancel, or to take back where it was entered by mistake."""
    row = _open(actor, ref, at)
    return _page(row, actor, at, closed="" if commands.cancellable(row, at) else _closed(row))


def _page(row: Session, actor: Actor, at: datetime, *, closed: str) -> ToMove:
    asked = plans.asked(row.episode, actor, at, second=row.second)
    later = commands.movable(row, states.Scope.LATER, at)[1:] if commands.free(row, at) else ()
    return ToMove(
        ref=row.ref,
        title=title(row),
        asked=asked,
        version=row.version,
        starts_at=row.period.lower,
        ends_at=row.period.upper,
        place=plans.place(row),
        room=row.room.ref if row.room else "",
        practitioner=row.practitioner.ref,
        people=_people(row.episode, at),
        later=len(later),
        closed=closed,
        company=Attendees(row.second.ref if row.second else "", row.others, row.alone),
    )


def proposed(
    *, actor: Actor, ref: str, target: commands.Target, at: datetime
) -> tuple[proposal.Proposed, ...]:
    """Where the sessions would be now."""
    row = _open(actor, ref, at)
    return commands.propose(moving=commands.movable(row, target.scope, at), target=target, at=at)


def to_add(*, actor: Actor, ref: str, at: datetime) -> ToAdd:
    """One person's plan, to add a session to."""
    row = gate.open(actor, Action.ADD_SESSION, Episode, ref, at=at).select_related("referral").get()
    begun = set(row.sessions.filter(kind="core").values_list("number", flat=True))
    sessions = tuple(
        (number, one.outline.title) for number, one in planner.planned(row).items() if number in begun
    )
    return ToAdd(plans.asked(row, actor, at), sessions)


def _open(actor: Actor, ref: str, at: datetime) -> Session:
    rows = gate.open(actor, Action.MOVE_SESSION, Session, ref, at=at)
    return rows.select_related("episode__referral", "room", "practitioner", "second").get()


def _people(episode: Episode, at: datetime) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((one.ref, one.name) for one in commands.people(episode, at))
    except planner.NotAllocated:
        return ()


def _closed(row: Session) -> str:
    if row.state == State.PLANNED:
        return "it has begun, or its record says whether the person came"
    return f"it is {State(row.state).label.lower()}"
