"""Sessions held at another time than planned, or before they were planned here: the practitioner enters what happened.

Only another meeting stands in the way of what happened; a bank holiday or leave does not undo it. The form still asks
about places that an order excluded, and keeps the answer. The referrer hears of this only once a record is finished.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling.commands import Why, beside_the_twelve, moved, signed
from desist.programme.calendar.rescheduling.policy import Action as MovesAction
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.orders import queries as orders
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import Kind, State, title
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: a day farther back is a slip of the pen: no programme goes on for so long
LONGEST = timedelta(days=3 * 366)


TIME_TAKEN = (
    "Not saved: another meeting of the practitioner, the person or the room has just been booked at this time. "
    "Check the times of both meetings"
)
AHEAD = "Not saved: this date and time are in the future. Future sessions must be planned instead"
TOO_EARLY = "Not saved: this day is before the work with the person began"
AFTER_END = "Not saved: the programme had ended for this person before that day. Check the date"
ENTERED = "Not saved: this session has since been held, missed or planned. Choose another one"
NOT_LISTED = "Not saved: this practitioner is not listed in this area. Choose another one"


@dataclass(frozen=True)
class HeldMeeting:
    """When and where a session was held, and who held it; `by` is a practitioner's reference."""

    day: date
    at: time
    minutes: int
    place: planner.Place
    by: str


@dataclass(frozen=True)
class EnteredSession:
    """One of the twelve, one that was missed and made up, or a pivot, which is numbered as it is entered."""

    kind: Kind
    number: int = 0

    @property
    def words(self) -> str:
        """The session as a page names it that hides the number of a pivot."""
        return str(self.kind.label) if self.kind is Kind.PIVOT else title(self.kind, self.number)


def hold(
    *, actor: Actor, ref: str, held: HeldMeeting, why: Why, version: int | None, decision: str, at: datetime
) -> None:
    """Record that a planned session was held at another time, even where the plan lies ahead.

    A decision that is sent twice counts once. Raises Changed, Refused, and planner.TimeTaken where a colleague was
    first.
    """
    opened = gate.change(actor, MovesAction.MOVE_SESSION, Session, ref, at=at)
    with planner.taking(TIME_TAKEN), opened as session:
        if session.moves.filter(decision=decision).exists():
            return
        gate.next_version(session, version)
        if session.state != State.PLANNED:
            raise Changed
        _within(held, session.episode, since=earliest(session, at), at=at)
        room, held_by = _room(session.episode.area, held, at, planned=session.room), _held_by(session, held)
        period = _period(session.episode, held_by, room, held, besides=[session.pk])
        _keep_answer(session.episode, held, room, period, actor=actor, at=at)
        one = moved(session, period, room, held_by)
        one.kind, one.decision = states.Kind.HELD, decision
        signed(one, why, actor, at)
        session.second = None  # the second member of staff was asked for the planned time only
        session.save(update_fields=["period", "room", "practitioner", "second", "version"])
        one.save()


def enter(
    *, actor: Actor, ref: str, which: EnteredSession, held: HeldMeeting, why: Why, decision: str, at: datetime
) -> None:
    """Enter a session that was held before it was planned here; its record then follows as for any session.

    This also holds for a person who has since left: the practitioner cancels a record of the wrong day and enters it
    again. The stage stays, and the referrer hears nothing, until the record is finished: it may be of another person. A
    decision that is sent twice enters it once. Raises planner.NotAllocated, and the errors of `hold` for time, place
    and practitioner.
    """
    opened = gate.change(actor, MovesAction.ADD_SESSION, Episode, ref, at=at)
    with planner.taking(TIME_TAKEN), opened as episode:
        if Move.objects.filter(session__episode=episode, decision=decision).exists():
            return
        planner.keeper(episode, at)
        session = _begun(episode, which)
        _within(held, episode, since=first_day(at), at=at)
        room, held_by = _room(episode.area, held, at), _held_by(session, held)
        period = _period(episode, held_by, room, held)
        _keep_answer(episode, held, room, period, actor=actor, at=at)
        session.practitioner, session.room, session.period = held_by, room, planner.stored(period)
        session.save()
        one = Move(session=session, kind=states.Kind.ENTERED, decision=decision, after=session.period)
        one.room_after, one.practitioner_after = room, held_by
        signed(one, why, actor, at)
        one.save()


def earliest(session: Session, at: datetime) -> date:
    """The first day on which a session can have been held: once the person was accepted, unless it was entered here."""
    if session.entered:
        return first_day(at)
    return dates.day_of(session.episode.opened_at)


def first_day(at: datetime) -> date:
    """The first day on which anything that is still going on can have been held."""
    return dates.day_of(at) - LONGEST


def missed(episode: Episode) -> set[int]:
    """Return the missed ones of the twelve: a session may be entered as a catch-up for one of them."""
    rows = Session.objects.filter(episode=episode, kind=Kind.CORE, state=State.MISSED)
    return set(rows.values_list("number", flat=True))


def _begun(episode: Episode, which: EnteredSession) -> Session:
    """Return a new row for the session that was held, with the values a plan would have given it."""
    if which.kind is Kind.CORE:
        planned = planner.unplanned(episode).get(which.number)
        if planned is None:
            raise Refused(ENTERED)
        return Session(episode=episode, number=which.number, **planned.copied())
    if which.kind is Kind.PIVOT:
        return beside_the_twelve(episode, None)
    if which.number not in missed(episode):
        raise Refused(ENTERED)
    return beside_the_twelve(episode, which.number)


def _within(held: HeldMeeting, episode: Episode, *, since: date, at: datetime) -> None:
    start = proposal.period(held.day, held.at, 0).start
    if start > at:
        raise Refused(AHEAD)
    if held.day < since:
        raise Refused(TOO_EARLY)
    if episode.ended_at and held.day > dates.day_of(episode.ended_at):
        raise Refused(AFTER_END)


def _room(area: str, held: HeldMeeting, at: datetime, *, planned: Room | None = None) -> Room | None:
    """Return the room of a session: one bookable today, one that once was before, or the planned one."""
    wanted = held.place.room
    if wanted is None:
        return None
    if planned and planned.ref == wanted:
        return planned
    return premises.room_used(area, wanted) if held.day < dates.day_of(at) else premises.room(area, wanted)


def _held_by(session: Session, held: HeldMeeting) -> Practitioner:
    found = Practitioner.objects.filter(area=session.episode.area, ref=held.by).first()
    if found is None:
        raise Refused(NOT_LISTED)
    if found.left_on and found.left_on <= held.day:
        raise Refused(f"Not saved: {found.name} had left before that day. Check the date, and who held it")
    return found


def _period(
    episode: Episode, held_by: Practitioner, room: Room | None, held: HeldMeeting, besides: Iterable[int] = ()
) -> Interval:
    taken = planner.of_held(episode=episode, practitioner=held_by, room=room, day=held.day, besides=besides)
    return proposal.held(day=held.day, at=held.at, minutes=held.minutes, taken=taken)


def _keep_answer(
    episode: Episode, held: HeldMeeting, room: Room | None, period: Interval, *, actor: Actor, at: datetime
) -> None:
    """Keep whether the place was inside what an order excluded on that day; a remote session has no place."""
    if room is None:
        return
    excluded = orders.exclusions_then(referral=episode.referral_id, first=held.day, last=held.day)
    check = planner.answered(episode, held.place, [period], room=room, excluded=excluded, actor=actor, at=at)
    if check:
        check.save()
