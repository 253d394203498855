"""The facts that the forms of late entries need."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.programme.calendar.late_entries import commands
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import queries as plans
from desist.programme.calendar.rescheduling.commands import minutes
from desist.programme.calendar.rescheduling.policy import Action as MovesAction
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.orders import queries as orders
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import State
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ToHold:
    """A session that was held at another time, and what the form has to offer.

    `asked` is about the session's person; `people` are who may have held it; `earliest` is the first possible day, and
    `excluded` what orders excluded since then. `closed` says why its time cannot be changed, empty when it can.
    """

    ref: str
    title: str
    asked: plans.PlannedPerson
    version: int
    starts_at: datetime
    minutes: int
    place: str
    room: str
    practitioner: str
    people: tuple[tuple[str, str], ...]
    rooms: tuple[tuple[str, str], ...]
    earliest: date
    excluded: tuple[str, ...]
    closed: str


@dataclass(frozen=True)
class ToEnter:
    """The person whose sessions are entered, which of the twelve are left or missed, and the facts of `ToHold`."""

    asked: plans.PlannedPerson
    sessions: tuple[tuple[int, str], ...]
    missed: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]
    rooms: tuple[tuple[str, str], ...]
    earliest: date
    excluded: tuple[str, ...]


def to_hold(*, actor: Actor, ref: str, at: datetime) -> ToHold:
    """One session, to say that it was held at another time."""
    rows = gate.open(actor, MovesAction.MOVE_SESSION, Session, ref, at=at)
    row = rows.select_related("episode__referral", "room", "practitioner").get()
    earliest = commands.earliest(row, at)
    return ToHold(
        ref=row.ref,
        title=title(row),
        asked=plans.afterwards(row.episode, at),
        version=row.version,
        starts_at=row.period.lower,
        minutes=minutes(row),
        place=plans.place(row),
        room=row.room.ref if row.room else "",
        practitioner=row.practitioner.ref,
        people=_people(row.episode, at),
        rooms=premises.named(row.episode.area),
        earliest=earliest,
        excluded=_excluded(row.episode, earliest, at),
        closed="" if row.state == State.PLANNED else _finished(row),
    )


def to_enter(*, actor: Actor, ref: str, at: datetime) -> ToEnter:
    """One person's plan, to enter what was held before it was planned here."""
    row = gate.open(actor, MovesAction.ADD_SESSION, Episode, ref, at=at).select_related("referral").get()
    missed = commands.missed(row)
    earliest = commands.first_day(at)
    return ToEnter(
        asked=plans.afterwards(row, at),
        sessions=tuple((number, one.outline.title) for number, one in planner.unplanned(row).items()),
        missed=tuple(
            (number, one.outline.title) for number, one in planner.planned(row).items() if number in missed
        ),
        people=_people(row, at),
        rooms=premises.named(row.area),
        earliest=earliest,
        excluded=_excluded(row, earliest, at),
    )


def _people(episode: Episode, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the area's practitioners: the person's own first, then all others, also those who left."""
    current = Allocation.objects.filter(episode=episode, ended_at=None, leave=None)
    own = set(current.values_list("practitioner", flat=True))
    rows = sorted(
        Practitioner.objects.filter(area=episode.area).order_by("name", "pk"),
        key=lambda one: one.pk not in own,
    )
    today = dates.day_of(at)
    return tuple(
        (one.ref, f"{one.name} (has left)" if one.left_on and one.left_on <= today else one.name)
        for one in rows
    )


def _excluded(episode: Episode, earliest: date, at: datetime) -> tuple[str, ...]:
    return orders.exclusions_then(referral=episode.referral_id, first=earliest, last=dates.day_of(at))


def _finished(row: Session) -> str:
    return f"its record is finished: {State(row.state).label.lower()}"
