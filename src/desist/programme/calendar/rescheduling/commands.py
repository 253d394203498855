"""Everything that changes a plan once it is made. A session that is past or has a record is never touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import OperationalError
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from desist.programme.agreement import commands as agreement
from desist.programme.calendar.attendees import commands as company
from desist.programme.calendar.attendees.commands import NOBODY_ELSE, Attendees
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal, states
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.rescheduling.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import tell_days, tell_progress
from desist.programme.sessions.states import FINISHED, OF_THE_TWELVE, WITHOUT_PLAN, Kind, State, title
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Statement, among, moment

WEEK = timedelta(weeks=1)
#: the columns that a move writes
MOVED = ("period", "room", "practitioner", "second", "others", "alone", "version")


@dataclass(frozen=True)
class Why:
    """Who asked for a change of the plan and why; codes, and words beside them."""

    asked_by: str
    why: str
    words: str


#: why another time is booked for a missed session
MISSED = Why(states.Asked.PRACTITIONER, states.Why.MISSED, "")


@dataclass(frozen=True)
class Target:
    """Where a session is wanted. `minutes` and `company` None, or `practitioner` "", leave them as they are."""

    scope: states.Scope
    day: date
    at: time
    minutes: int | None
    place: planner.Place
    practitioner: str = ""
    company: Attendees | None = None


@dataclass(frozen=True)
class Extra:
    """A session beside the twelve: a catch-up on one of them (`number`), or one of a kind without a plan (`number` None)."""

    number: int | None
    day: date
    at: time
    minutes: int
    place: planner.Place
    company: Attendees = NOBODY_ELSE
    kind: Kind = Kind.PIVOT  # where there is no number


def move(
    *,
    actor: Actor,
    ref: str,
    target: Target,
    why: Why,
    seen: str,
    version: int | None,
    decision: str,
    at: datetime,
) -> None:
    """Move a session, or it and all later ones. A decision that is sent twice moves once.

    `seen` is the fingerprint of what the page showed. Raises Changed, planner.ProposalChanged, Refused, and
    planner.TimeTaken where a colleague was first.
    """
    with planner.taking(), gate.change(actor, Action.MOVE_SESSION, Session, ref, at=at) as session:
        if session.moves.filter(decision=decision).exists():
            return
        moving = _locked(movable(session, target.scope, at))
        gate.next_version(moving[0], version)
        for later in moving[1:]:
            gate.next_version(later)
        found = propose(moving=moving, target=target, at=at)
        if proposal.fingerprint(found) != seen:
            raise planner.ProposalChanged
        periods = [one.period for one in found]
        room, check = planner.asked(session.episode, target.place, periods, actor=actor, at=at)
        if check:
            check.save()
        held_by = holder(session, target.practitioner, at)
        _with(moving, target.company, held_by, somewhere=room is not None, actor=actor, at=at)
        moves = [moved(one, to, room, held_by) for one, to in zip(moving, periods, strict=True)]
        for one in moves:
            one.scope, one.decision = target.scope, decision
            signed(one, why, actor, at)
        Session.objects.bulk_update(moving, MOVED)
        Move.objects.bulk_create(moves)
        tell_days(Episode.objects.select_for_update().get(pk=session.episode_id), at=at)


def cancel(*, actor: Actor, ref: str, why: Why, version: int | None, decision: str, at: datetime) -> None:
    """Cancel a session, and tell the referrer the new count, or take back an entry of which the referrer has not heard.

    A decision that is sent twice cancels once. Raises Changed.
    """
    with gate.change(actor, Action.MOVE_SESSION, Session, ref, at=at) as session:
        if session.moves.filter(decision=decision).exists():
            return
        gate.next_version(session, version)
        if not cancellable(session, at):
            raise Changed
        one = Move(session=session, kind=states.Kind.CANCELLED, decision=decision, before=session.period)
        one.room_before, one.practitioner_before = session.room, session.practitioner
        signed(one, why, actor, at)
        one.save()
        session.state = State.CANCELLED
        session.save(update_fields=["state", "version"])
        if not session.entered:
            tell_progress(Episode.objects.select_for_update().get(pk=session.episode_id), at=at)


def add(*, actor: Actor, ref: str, extra: Extra, why: Why, decision: str, at: datetime) -> None:
    """Plan a session beside the twelve; one sent twice is planned once. Raises planner.TimeTaken and Refused."""
    with planner.taking(), gate.change(actor, Action.ADD_SESSION, Episode, ref, at=at) as episode:
        if not Move.objects.filter(session__episode=episode, decision=decision).exists():
            _add(episode, extra, why, decision, actor=actor, at=at)


def rebook(*, actor: Actor, ref: str, extra: Extra, decision: str, at: datetime) -> None:
    """Book another time for a missed session; one sent twice is booked once. Raises planner.TimeTaken and Refused."""
    with planner.taking(), gate.change(actor, Action.MOVE_SESSION, Session, ref, at=at) as missed:
        if Move.objects.filter(session__episode=missed.episode_id, decision=decision).exists():
            return
        if sentence := not_again(missed):
            raise Refused(f"Not booked: {sentence}")
        episode = Episode.objects.select_for_update(of=("self",)).get(pk=missed.episode_id)
        if missed.kind == Kind.MOTIVATIONAL:
            extra = replace(extra, kind=Kind.MOTIVATIONAL)
        _add(episode, extra, MISSED, decision, actor=actor, at=at)


def not_again(session: Session) -> str:
    """Return why no other time is to be booked for a session: it was not missed, or has one; "" where it is."""
    if session.state != State.MISSED:
        return "this session was not missed"
    again = Session.objects.filter(episode=session.episode_id, kind=Kind.CATCH_UP, number=session.number)
    later = again.exclude(state=State.CANCELLED).filter(period__gt=session.period)
    if session.kind in WITHOUT_PLAN or (made_up := later.order_by("period").first()) is None:
        return ""
    return f"{title(made_up.kind, made_up.number).lower()} is on {dates.near(made_up.period.lower)}. Move that one"


def _add(episode: Episode, extra: Extra, why: Why, decision: str, *, actor: Actor, at: datetime) -> None:
    agreement.taking_part(episode)
    held_by = planner.practitioner(episode, at)
    room = premises.room(episode.area, extra.place.room) if extra.place.room else None
    second = company.settled(
        episode, extra.company, holder=held_by, somewhere=room is not None, actor=actor, at=at
    )
    taken = planner.taken(episode=episode, practitioner=held_by, second=second, room=room, first=extra.day)
    period = proposal.place(day=extra.day, at=extra.at, minutes=extra.minutes, taken=taken)
    planner.not_past(period, at)
    check = planner.asked(episode, extra.place, [period], actor=actor, at=at)[1]
    if check:
        check.save()
    session = beside_the_twelve(episode, extra.number, extra.kind)
    if session.kind == Kind.MOTIVATIONAL and (sentence := too_late_to_motivate(episode, period.start)):
        raise Refused(sentence)
    session.second, session.others, session.alone = second, extra.company.others, extra.company.alone
    session.practitioner, session.room, session.period = held_by, room, planner.stored(period)
    session.save()
    one = Move(session=session, kind=states.Kind.ADDED, decision=decision, after=session.period)
    one.room_after, one.practitioner_after = room, held_by
    signed(one, why, actor, at)
    one.save()


def propose(*, moving: Sequence[Session], target: Target, at: datetime) -> tuple[proposal.Proposed, ...]:
    """Return where the sessions would be: the first as wanted, the others weekly after it, around taken times.

    Raises Refused.
    """
    first, *later = moving
    episode = first.episode
    room = premises.room(episode.area, target.place.room) if target.place.room else None
    taken = planner.taken(
        episode=episode,
        practitioner=holder(first, target.practitioner, at),
        second=company.named(episode, target.company) if target.company else first.second,
        room=room,
        first=target.day,
        besides=[one.pk for one in moving],
    )
    length = target.minutes or minutes(first)
    period = proposal.place(day=target.day, at=target.at, minutes=length, taken=taken)
    planner.not_past(period, at)
    lengths = {one.number: target.minutes or minutes(one) for one in later}
    after = proposal.weekly(first=target.day + WEEK, at=target.at, lengths=lengths, taken=taken)
    return (proposal.Proposed(first.number, period), *after)


def movable(session: Session, scope: states.Scope, at: datetime) -> list[Session]:
    """Return the session, and with `LATER` all later ones of the twelve that may move. Raises Changed."""
    if not free(session, at):
        raise Changed
    if scope != states.Scope.LATER or session.kind != Kind.CORE:
        return [session]
    return [session, *_following([session.episode_id], session.period.lower).order_by("period")]


def following(session: Session) -> int:
    """Return how many later ones of the twelve may move with a session; none with one that is not of the twelve."""
    if session.kind != Kind.CORE:
        return 0
    return len(FOLLOWING.rows(people=[session.episode_id], after=session.period.lower))


def _following(people: Iterable[int] | RawSQL, after: datetime | Cast) -> QuerySet[Session]:
    return Session.objects.filter(
        episode__in=people,
        kind=Kind.CORE,
        state=State.PLANNED,
        attendance="",
        period__startswith__gt=after,
    )


FOLLOWING = Statement(lambda: _following(among("people"), moment("after")).values_list("pk"))


def free(session: Session, at: datetime) -> bool:
    """Return whether a session may still move: planned, not begun, and without a record of attendance."""
    # An agenda written ahead moves with the session: only what happened stays where it happened.
    return session.state == State.PLANNED and not session.attendance and session.period.lower > at


def cancellable(session: Session, at: datetime) -> bool:
    """Return whether a session may be cancelled: while it has no record of attendance, also one planned by mistake."""
    return free(session, at) or session.may_be_a_mistake


def people(episode: Episode, at: datetime) -> list[Practitioner]:
    """Return who may hold a session: the person's practitioner, then colleagues who stand in now or later.

    Raises planner.NotAllocated.
    """
    own = planner.practitioner(episode, at)
    return [own, *absences.covers(practitioner=own, at=at)]


def holder(session: Session, wanted: str, at: datetime) -> Practitioner:
    """Return who holds a session that moves: the wanted one by reference, else who holds it now, if they still may."""
    return chosen(people(session.episode, at), session, wanted)


def chosen(able: Sequence[Practitioner], session: Session, wanted: str) -> Practitioner:
    """Return the same of those who may hold it."""
    return next((one for one in able if one.ref == (wanted or session.practitioner.ref)), able[0])


def _with(
    moving: Sequence[Session],
    wanted: Attendees | None,
    held_by: Practitioner,
    *,
    somewhere: bool,
    actor: Actor,
    at: datetime,
) -> None:
    """Set who else is there; a second member of staff who takes a session over is not listed twice."""
    if wanted is None:
        for one in moving:
            one.second = None if one.second == held_by else one.second
        return
    second = company.settled(
        moving[0].episode, wanted, holder=held_by, somewhere=somewhere, actor=actor, at=at
    )
    for one in moving:
        one.second, one.others, one.alone = second, wanted.others, wanted.alone


def _locked(moving: Sequence[Session]) -> list[Session]:
    """Return the rows locked, so that no colleague writes in one while it moves. Raises Changed where one does."""
    keys = [one.pk for one in moving]
    rows = Session.objects.select_for_update(nowait=True, of=("self",)).filter(pk__in=keys)
    try:
        found = list(
            rows.select_related("episode__referral", "practitioner", "second", "room").order_by("period")
        )
    except OperationalError:
        raise Changed from None
    return sorted(found, key=lambda one: keys.index(one.pk))


def moved(session: Session, to: Interval, room: Room | None, held_by: Practitioner) -> Move:
    """Return the record of a move; the session stands at its new time."""
    one = Move(session=session, kind=states.Kind.MOVED, before=session.period, after=planner.stored(to))
    one.room_before, one.room_after = session.room, room
    one.practitioner_before, one.practitioner_after = session.practitioner, held_by
    session.period, session.room, session.practitioner = planner.stored(to), room, held_by
    return one


def signed(one: Move, why: Why, actor: Actor, at: datetime) -> None:
    """Record who asked for a change of the plan, why, and who made it."""
    one.asked_by, one.why, one.words = why.asked_by, why.why, why.words
    one.made_by, one.made_at = actor.who, at


def too_late_to_motivate(episode: Episode, start: datetime | None = None) -> str:
    """Return why a motivational session cannot be held, or not at this start; "" where it can."""
    if BEGUN.rows(people=[episode.pk]):
        return "The twelve sessions have begun: motivational sessions come before them"
    if start is None:
        return ""
    first = _twelve([episode.pk]).filter(state=State.PLANNED).order_by("period").first()
    if first is None or start < first.period.lower:
        return ""
    return f"Session {first.number} is on {dates.at(first.period.lower)}: choose a time before it, or move it first"


def _twelve(people: Iterable[int] | RawSQL) -> QuerySet[Session]:
    return Session.objects.filter(episode__in=people, kind__in=OF_THE_TWELVE)


BEGUN = Statement(lambda: _twelve(among("people")).filter(state__in=FINISHED).values_list("pk")[:1])


def beside_the_twelve(episode: Episode, number: int | None, kind: Kind = Kind.PIVOT) -> Session:
    """Return a session beside the twelve: a catch-up with the values of the missed session, or one without a plan."""
    if number is None:
        before = Session.objects.filter(episode=episode, kind=kind).count()
        return Session(episode=episode, kind=kind, number=before + 1)
    planned = planner.planned(episode)[number]
    return Session(episode=episode, kind=Kind.CATCH_UP, number=number, **planned.copied())


def minutes(session: Session) -> int:
    """Return how many minutes a session lasts."""
    return int((session.period.upper - session.period.lower).total_seconds() // 60)
