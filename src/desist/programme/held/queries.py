"""What has to be known to put down what was held."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.held import commands
from desist.programme.moves.commands import minutes
from desist.programme.planner import commands as planner
from desist.programme.planner import queries as plans
from desist.programme.planning_policy import Action
from desist.programme.premises import commands as premises
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import State
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ToHold:
    """A session that was held at another time. `earliest` is the first day it can have been; `closed` says why it cannot."""

    ref: str
    title: str
    spoken: str
    name: str
    episode: str
    version: int
    starts_at: datetime
    minutes: int
    place: str
    room: str
    rooms: tuple[tuple[str, str], ...]
    earliest: date
    closed: str


@dataclass(frozen=True)
class ToEnter:
    """Whose sessions are entered afterwards, which of the twelve are left, where, and the first day one can be of."""

    asked: plans.Page
    sessions: tuple[tuple[int, str], ...]
    rooms: tuple[tuple[str, str], ...]
    earliest: date


def to_hold(*, actor: Actor, ref: str, at: datetime) -> ToHold:
    """One session for whoever says that it was held at another time."""
    rows = gate.open(actor, Action.MOVE_SESSION, Session, ref, at=at)
    row = rows.select_related("episode__referral", "room").get()
    asked = plans.asked(row.episode, at)
    return ToHold(
        ref=row.ref,
        title=title(row),
        spoken=asked.spoken,
        name=asked.name,
        episode=asked.ref,
        version=row.version,
        starts_at=row.period.lower,
        minutes=minutes(row),
        place=plans.place(row),
        room=row.room.ref if row.room else "",
        rooms=premises.named(row.episode.area),
        earliest=commands.earliest(row, at),
        closed="" if commands.begun(row, at) else _still_open(row),
    )


def to_enter(*, actor: Actor, ref: str, at: datetime) -> ToEnter:
    """One person's plan, for whoever enters what was held before it was planned here."""
    row = gate.open(actor, Action.ADD_SESSION, Episode, ref, at=at).select_related("referral").get()
    sessions = tuple((number, one.outline.title) for number, one in planner.unplanned(row).items())
    return ToEnter(plans.asked(row, at), sessions, premises.named(row.area), commands.first_day(at))


def _still_open(row: Session) -> str:
    if row.state == State.PLANNED:
        return "it is still to come. Move it instead"
    return f"its record is finished: {State(row.state).label.lower()}"
