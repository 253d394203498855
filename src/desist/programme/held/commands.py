"""What was held at another time than planned, or before anybody planned it here: what happened is put down as it was.

Nothing stands in the way of what happened but another meeting: neither a bank holiday nor leave undoes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.programme.episodes.commands import Stale, tell_progress
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.moves.commands import NotMovable, Why, moved, signed
from desist.programme.planner import commands as planner
from desist.programme.planner import proposal, states
from desist.programme.planner.models import Move
from desist.programme.planning_policy import Action
from desist.programme.premises import commands as premises
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State
from desist.programme.team.models import Practitioner
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: a day farther back is a slip of the pen: no programme goes on for so long
LONGEST = timedelta(days=3 * 366)


class Ahead(Exception):
    """The moment is still to come."""


class TooEarly(Exception):
    """The day lies before the work with the person began, or farther back than any programme goes."""


class AfterEnd(Exception):
    """The programme had ended for the person by then; the text is the day."""


class Entered(Exception):
    """This one of the twelve was held, missed or planned meanwhile."""


@dataclass(frozen=True)
class Held:
    """When and where a session was held. `room` "": remote."""

    day: date
    at: time
    minutes: int
    room: str


def hold(
    *, actor: Actor, ref: str, held: Held, why: Why, version: int | None, decision: str, at: datetime
) -> None:
    """Say that a session that has begun, or lies back, was held at another time. The same decision twice says it once.

    Raises Stale, NotMovable, Ahead, TooEarly, AfterEnd, premises.CannotBeBooked, proposal.Obstructed, and planner.TimeTaken where
    somebody else was first.
    """
    with planner.taking(ref), gate.change(actor, Action.MOVE_SESSION, Session, ref, at=at) as session:
        if session.moves.filter(decision=decision).exists():
            return
        if session.version != version:
            raise Stale(ref)
        if not begun(session, at):
            raise NotMovable(ref)
        room = _room(session.episode, held)
        _within(held, session.episode, since=earliest(session, at), at=at)
        period = _period(session.episode, session.practitioner, room, held, besides=[session.pk])
        one = moved(session, period, room, session.practitioner)
        one.kind, one.decision = states.Kind.HELD, decision
        signed(one, why, actor, at)
        session.save(update_fields=["period", "room", "version"])
        one.save()


def enter(*, actor: Actor, ref: str, number: int, held: Held, why: Why, decision: str, at: datetime) -> None:
    """Enter one of the twelve that was held before it was planned here; it is then recorded as any other.

    The same decision twice enters it once. Raises planner.NotAllocated, Entered, and what `hold` does of the time.
    """
    with planner.taking(ref), gate.change(actor, Action.ADD_SESSION, Episode, ref, at=at) as episode:
        if Move.objects.filter(session__episode=episode, decision=decision).exists():
            return
        held_by, open_still = planner.practitioner(episode, at), planner.unplanned(episode)
        if number not in open_still:
            raise Entered(ref)
        room = _room(episode, held)
        _within(held, episode, since=first_day(at), at=at)
        period = _period(episode, held_by, room, held)
        session = Session(episode=episode, number=number, **open_still[number].copied())
        session.practitioner, session.room, session.period = held_by, room, planner.stored(period)
        session.save()
        one = Move(session=session, kind=states.Kind.ENTERED, decision=decision, after=session.period)
        one.room_after, one.practitioner_after = room, held_by
        signed(one, why, actor, at)
        one.save()
        if episode.state != EpisodeState.IN_SESSIONS:
            episode.state = EpisodeState.IN_SESSIONS
            episode.version += 1
            episode.save(update_fields=["state", "version"])
        tell_progress(episode, at=at)


def begun(session: Session, at: datetime) -> bool:
    """Whether a session has begun or lies back, and its record is not finished."""
    return session.state == State.PLANNED and session.period.lower <= at


def earliest(session: Session, at: datetime) -> date:
    """The first day on which a session can have been held: once the person was accepted, unless it was entered here."""
    if session.entered:
        return first_day(at)
    return dates.day_of(session.episode.opened_at)


def first_day(at: datetime) -> date:
    """The first day on which anything that is still going on can have been held."""
    return dates.day_of(at) - LONGEST


def _within(held: Held, episode: Episode, *, since: date, at: datetime) -> None:
    start = proposal.period(held.day, held.at, 0).start
    if start > at:
        raise Ahead(start)
    if held.day < since:
        raise TooEarly(dates.on(since))
    if episode.ended_at and held.day > dates.day_of(episode.ended_at):
        raise AfterEnd(dates.on(episode.ended_at))


def _room(episode: Episode, held: Held) -> Room | None:
    return premises.room_used(episode.area, held.room) if held.room else None


def _period(
    episode: Episode,
    held_by: Practitioner,
    room: Room | None,
    held: Held,
    besides: Iterable[int] = (),
) -> proposal.Interval:
    taken = planner.of_held(episode=episode, practitioner=held_by, room=room, day=held.day, besides=besides)
    return proposal.held(day=held.day, at=held.at, minutes=held.minutes, taken=taken)
