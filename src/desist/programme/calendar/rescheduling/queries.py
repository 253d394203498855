"""The facts that the forms which change a plan need."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from desist.programme.calendar.attendees.commands import Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner import queries as plans
from desist.programme.calendar.planner.free_times import FreeTime
from desist.programme.calendar.rescheduling import commands
from desist.programme.calendar.rescheduling.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.sessions.queries import title
from desist.programme.sessions.states import OF_THE_TWELVE, State
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, among

#: how many minutes a session takes where none was planned before, and how one is held without a room
USUAL, REMOTE = 90, "remote"


@dataclass(frozen=True)
class ToMove:
    """A session that is to be moved, and what the form has to offer.

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
    offers: tuple[FreeTime, ...] = ()


@dataclass(frozen=True)
class ToCancel:
    """A session that is to be cancelled, and whose it is; `closed` says why it cannot be, empty when it can."""

    title: str
    episode: str
    spoken: str
    name: str
    version: int
    starts_at: datetime
    place: str
    closed: str


@dataclass(frozen=True)
class ToAdd:
    """Whose plan gets a further session, and which of the twelve can be caught up on; `minutes` is its usual length."""

    asked: plans.PlanningPage
    motivates: bool  # whether session 1 is still to come
    sessions: tuple[tuple[int, str], ...]
    minutes: int
    offers: tuple[FreeTime, ...]


@dataclass(frozen=True)
class ToRebook:
    """A missed session that is held at another time; `number` is None for one that is not of the twelve."""

    ref: str
    title: str
    asked: plans.PlanningPage
    number: int | None
    starts_at: datetime
    minutes: int
    room: str
    company: Attendees
    closed: str
    offers: tuple[FreeTime, ...]


def to_move(*, actor: Actor, ref: str, at: datetime, practitioner: str = "", second: str = "") -> ToMove:
    """One session, to move; `practitioner` and `second` are the colleagues whom the form names, by reference."""
    row = _open(actor, ref, at)
    able = _people(row.episode, at)
    asked = plans.asked(row.episode, at, second=row.second)
    free = commands.free(row, at)
    page = ToMove(
        ref=row.ref,
        title=title(row),
        asked=asked,
        version=row.version,
        starts_at=row.period.lower,
        ends_at=row.period.upper,
        place=plans.place(row),
        room=row.room.ref if row.room else "",
        practitioner=row.practitioner.ref,
        people=tuple((one.ref, one.name) for one in able),
        later=commands.following(row) if free else 0,
        closed="" if free else _closed(row),
        company=_company(row),
    )
    if not free or not able:
        return page
    staff = (
        commands.chosen(able, row, practitioner),
        plans.colleague(row.episode.area, second) or row.second,
    )
    begins = dates.moment(dates.day_of(row.period.lower), time())
    return replace(page, offers=_offers(row.episode, row, asked, staff, after=max(at, begins)))


def to_cancel(*, actor: Actor, ref: str, at: datetime) -> ToCancel:
    """One session, to cancel, or to take back where it was entered by mistake."""
    row = _open(actor, ref, at)
    return ToCancel(
        title=title(row),
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        version=row.version,
        starts_at=row.period.lower,
        place=plans.place(row),
        closed="" if commands.cancellable(row, at) else _closed(row),
    )


def proposed(
    *, actor: Actor, ref: str, target: commands.Target, at: datetime
) -> tuple[proposal.Proposed, ...]:
    """Where the sessions would be now."""
    row = _open(actor, ref, at)
    return commands.propose(moving=commands.movable(row, target.scope, at), target=target, at=at)


def to_add(*, actor: Actor, ref: str, at: datetime, second: str = "") -> ToAdd:
    """One person's plan, to add a session to; `second` is the colleague whom the form names."""
    row = gate.one(actor, Action.ADD_SESSION, Episode, PERSON, ref, at=at)
    sessions = tuple((number, one.outline.title) for number, one in planner.begun(row).items())
    asked = plans.asked(row, at)
    last: Session | None = next(iter(LAST.rows(people=[row.pk])), None)
    staff = (_own(row, at), plans.colleague(row.area, second))
    return ToAdd(
        asked=asked,
        motivates=not commands.too_late_to_motivate(row),
        sessions=sessions,
        minutes=commands.minutes(last) if last else USUAL,
        offers=plans.offers(row, asked, staff=staff, minutes=USUAL, after=at)
        if last is None
        else _offers(row, last, asked, staff, after=at),
    )


def to_rebook(*, actor: Actor, ref: str, at: datetime, second: str = "") -> ToRebook:
    """One missed session, to book another time for it; `closed` says why there is none to be booked."""
    row = _open(actor, ref, at)
    asked = plans.asked(row.episode, at, second=row.second)
    tomorrow = dates.day_of(at) + timedelta(days=1)
    staff = (_own(row.episode, at), plans.colleague(row.episode.area, second) or row.second)
    return ToRebook(
        ref=row.ref,
        title=title(row),
        asked=asked,
        number=row.number if row.kind in OF_THE_TWELVE else None,
        starts_at=row.period.lower,
        minutes=commands.minutes(row),
        room=row.room.ref if row.room else "",
        company=_company(row),
        closed=commands.not_again(row),
        offers=_offers(row.episode, row, asked, staff, after=dates.moment(tomorrow, time())),
    )


PERSON = Instances(
    lambda: Episode.objects.filter(pk__in=among("keys")),
    *("*", "referral__*", "referral__own_contact__*"),
)


def _last() -> QuerySet[Session]:
    rows = Session.objects.filter(episode__in=among("people")).exclude(state=State.CANCELLED)
    return rows.order_by("-period")[:1]


LAST = Instances(_last, "period", "room__ref")


def _offers(
    episode: Episode,
    row: Session,
    asked: plans.PlanningPage,
    staff: Iterable[Practitioner | None],
    *,
    after: datetime,
) -> tuple[FreeTime, ...]:
    """Return the next free times for a meeting like a session: as long, near its hour, and in its room if it is free."""
    staff = tuple(staff)
    if staff[0] is None:
        return ()
    return plans.offers(
        episode,
        asked,
        staff=staff,
        minutes=commands.minutes(row),
        after=after,
        near=dates.local(row.period.lower).time(),
        place=row.room.ref if row.room else REMOTE,
    )


def _own(episode: Episode, at: datetime) -> Practitioner | None:
    try:
        return planner.practitioner(episode, at)
    except planner.NotAllocated:
        return None


def _company(row: Session) -> Attendees:
    return Attendees(row.second.ref if row.second else "", row.others, row.alone)


def _open(actor: Actor, ref: str, at: datetime) -> Session:
    return gate.one(actor, Action.MOVE_SESSION, Session, SESSION, ref, at=at)


SESSION = Instances(
    lambda: Session.objects.filter(pk__in=among("keys")),
    *("*", "episode__*", "episode__referral__*", "episode__referral__own_contact__*"),
    *("room__*", "practitioner__*", "second__*"),
)


def _people(episode: Episode, at: datetime) -> list[Practitioner]:
    try:
        return commands.people(episode, at)
    except planner.NotAllocated:
        return []


def _closed(row: Session) -> str:
    if row.state == State.PLANNED:
        return "it has begun, or its record says whether the person came"
    return f"it is {State(row.state).label.lower()}"
