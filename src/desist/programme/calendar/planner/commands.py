"""Planning the twelve sessions in one step, and what every change of a plan has to ask."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError
from psycopg.errors import ExclusionViolation
from psycopg.types.range import TimestamptzRange

from desist.programme.agreement import commands as agreement
from desist.programme.calendar.attendees import commands as company
from desist.programme.calendar.attendees.commands import NOBODY_ELSE, Attendees
from desist.programme.calendar.busy import commands as busy
from desist.programme.calendar.meetings import queries as meetings
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.calendar.planner.outlines import Planned, as_before
from desist.programme.calendar.planner.policy import Action
from desist.programme.curriculum import commands as curriculum
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN, State
from desist.programme.intervals import Interval
from desist.programme.orders import queries as orders
from desist.programme.practitioners.absences import commands as absences
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.premises.models import Room
from desist.programme.referrals.states import Happened
from desist.programme.sessions.models import Session
from desist.programme.sessions.progress import tell_progress
from desist.programme.sessions.states import Kind
from desist.programme.sessions.states import State as SessionState
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, among

TAKEN = "One of these times has just been taken. Send it again for another proposal"
NOT_ALLOCATED = "This person has no practitioner. Allocate one first"
ENDED = "The programme has ended for this person, so nothing more can be planned"
NOTHING_TO_PLAN = "All twelve sessions have been held, missed or planned"
PAST = "That date and time are in the past. Choose a time in the future"
ASKS_ABOUT_PLACE = (
    "An order excludes places on that day. Say whether this place, at that time, is inside one of them"
)
PROPOSAL_CHANGED = "Something changed since this was proposed. Check the new proposal, then confirm it"


class NotAllocated(Refused):
    """No practitioner works with this person now, so the planner has no time to plan."""


class TimeTaken(Refused):
    """A colleague took one of the times while the plan was being made."""


class ProposalChanged(Changed):
    """The proposal is no longer the one that was shown."""

    def __init__(self) -> None:
        """Carry no more than the sentence: the page shows the new proposal beside it."""
        super().__init__(PROPOSAL_CHANGED)


@dataclass(frozen=True)
class Place:
    """Which room, and the answer about what an order excludes. `inside` None: the form did not ask.

    `room` None: remote, or with `elsewhere` a place that is on no list.
    """

    room: str | None
    inside: bool | None = None
    reason: str = ""
    words: str = ""
    elsewhere: bool = False

    @property
    def somewhere(self) -> bool:
        """Whether the meeting has a place, and is not remote."""
        return bool(self.room or self.elsewhere)


@dataclass(frozen=True)
class Wish:
    """The wish for the sessions: the first day, the hour in London, and the place.

    `minutes` None: each session as long as the curriculum says.
    """

    first: date
    at: time
    minutes: int | None
    place: Place
    company: Attendees = NOBODY_ELSE


def propose(*, episode: Episode, wish: Wish, at: datetime) -> tuple[proposal.Proposed, ...]:
    """The sessions still to be planned, around everything that is taken. Raises Refused."""
    agreement.taking_part(episode)
    room = premises.room(episode.area, wish.place.room) if wish.place.room else None
    lengths = {number: wish.minutes or one.outline.minutes for number, one in unplanned(episode).items()}
    if not lengths:
        raise Refused(NOTHING_TO_PLAN)
    not_past(proposal.period(wish.first, wish.at, 0), at)
    own, second = practitioner(episode, at), company.named(episode, wish.company)
    busy_then = taken(episode=episode, practitioner=own, second=second, room=room, first=wish.first)
    return proposal.weekly(first=wish.first, at=wish.at, lengths=lengths, taken=busy_then)


def plan(
    *, actor: Actor, ref: str, wish: Wish, seen: str, version: int | None, at: datetime
) -> tuple[proposal.Proposed, ...]:
    """Write the proposed sessions down, and return them. The database refuses a time that a colleague took first.

    `seen` is the fingerprint of the proposal that the page showed. Raises Changed, ProposalChanged, TimeTaken and
    Refused.
    """
    opened = gate.change(actor, Action.PLAN_SESSIONS, Episode, ref, at=at, version=version)
    with taking(), opened as episode:
        ahead = episode.sessions.filter(kind="core", state="planned", period__startswith__gt=at)
        if ahead.exists():
            raise Changed
        found = propose(episode=episode, wish=wish, at=at)
        if proposal.fingerprint(found) != seen:
            raise ProposalChanged
        room, check = asked(episode, wish.place, [one.period for one in found], actor=actor, at=at)
        if check:
            check.save()
        held_by, outlines = practitioner(episode, at), unplanned(episode)
        second = company.settled(
            episode, wish.company, holder=held_by, somewhere=room is not None, actor=actor, at=at
        )
        Session.objects.bulk_create(
            Session(
                episode=episode,
                number=one.number,
                practitioner=held_by,
                second=second,
                others=wish.company.others,
                alone=wish.company.alone,
                room=room,
                period=stored(one.period),
                **outlines[one.number].copied(),
            )
            for one in found
        )
        episode.state = State.IN_SESSIONS
        episode.save(update_fields=["state", "version"])
        episode.referral.happened(Happened.PLANNED, by=actor.who, at=at, detail=f"{len(found)} of them")
        tell_progress(episode, at=at)
        return found


def taken(
    *,
    episode: Episode,
    practitioner: Practitioner | None,
    room: Room | None,
    first: date,
    besides: Iterable[int] = (),
    besides_assessment: int | None = None,
    second: Practitioner | None = None,
) -> list[Interval]:
    """Return what stands in the way of a meeting from a day on: meetings, leave, days the person cannot come.

    `besides` and `besides_assessment` are keys of the meetings being moved, which do not stand in their own way.
    """
    staff = [one for one in (practitioner, second) if one]
    found = meetings.taken(
        episode=episode,
        staff=staff,
        room=room,
        since=_midnight(first),
        besides=besides,
        besides_assessment=besides_assessment,
    )
    last = first + proposal.HORIZON
    found += busy.taken(episode=episode, first=first, last=last)
    away = absences.taken_of(practitioners=staff, first=first, last=last)
    return found + [one for whose in away.values() for one in whose]


def of_held(
    *, episode: Episode, practitioner: Practitioner, room: Room | None, day: date, besides: Iterable[int] = ()
) -> list[Interval]:
    """Return the meetings that one held since a day cannot have overlapped; plans do not count."""
    return meetings.taken(
        episode=episode, staff=[practitioner], room=room, since=_midnight(day), besides=besides
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), proposal.LONDON)


def asked(
    episode: Episode, place: Place, periods: list[Interval], *, actor: Actor, at: datetime
) -> tuple[Room | None, PlaceCheck | None]:
    """Return the room, and the answer to keep where an order excludes places. Raises Refused if it is missing."""
    if not place.somewhere:
        return None, None
    room = premises.room(episode.area, place.room) if place.room else None
    on = periods[0].start.astimezone(proposal.LONDON).date()
    words = orders.exclusions(referral=episode.referral_id, on=on)
    return room, answered(episode, place, periods, room=room, excluded=words, actor=actor, at=at)


def answered(
    episode: Episode,
    place: Place,
    periods: list[Interval],
    *,
    room: Room | None,
    excluded: tuple[str, ...],
    actor: Actor,
    at: datetime,
) -> PlaceCheck | None:
    """Return the answer to keep where `excluded` names places. Raises Refused where the answer is missing."""
    if not excluded:
        return None
    if place.inside is None or (place.inside and not (place.reason and place.words)):
        raise Refused(ASKS_ABOUT_PLACE)
    return PlaceCheck(
        episode=episode,
        premises=room.premises if room else None,
        period=TimestamptzRange(periods[0].start, periods[-1].end),
        exclusions=list(excluded),
        inside=place.inside,
        reason=place.reason if place.inside else "",
        words=place.words if place.inside else "",
        said_by=actor.who,
        said_at=at,
    )


def practitioner(episode: Episode, at: datetime) -> Practitioner:
    """Return who works with a person on the programme now. Raises NotAllocated, also for one who has left."""
    found = keeper(episode, at)
    if episode.state not in OPEN:
        raise NotAllocated(ENDED)
    return found


def keeper(episode: Episode, at: datetime) -> Practitioner:
    """Return who keeps a person's record, also after their programme ended. Raises NotAllocated like `practitioner`."""
    found = allocated(episode)
    if found is None or (found.left_on and found.left_on <= dates.day_of(at)):
        raise NotAllocated(NOT_ALLOCATED)
    return found


def allocated(episode: Episode) -> Practitioner | None:
    """Return the practitioner of the person's present allocation, also one who has left."""
    return next((one.practitioner for one in CURRENT.rows(people=[episode.pk])), None)


CURRENT = Instances(
    lambda: Allocation.objects.filter(episode__in=among("people"), ended_at=None, leave=None).order_by("pk")[
        :1
    ],
    "practitioner__*",
)


def not_past(period: Interval, at: datetime) -> None:
    """Raise Refused for a moment that has passed."""
    if period.start <= at:
        raise Refused(PAST)


def stored(period: Interval) -> TimestamptzRange:
    """A stretch of time as the database holds it."""
    return TimestamptzRange(period.start, period.end)


@contextmanager
def taking(sentence: str = TAKEN) -> Iterator[None]:
    """Raise TimeTaken with its sentence where the database refuses a time that is taken."""
    try:
        yield
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            raise TimeTaken(sentence) from None
        raise


def planned(episode: Episode) -> dict[int, Planned]:
    """Return the twelve by number: each as it was planned before, else as the curriculum says now."""
    return _as_planned(episode, _twelve(episode))


def begun(episode: Episode) -> dict[int, Planned]:
    """Return those of the twelve that were ever planned or held, by number, also where all of them were cancelled."""
    rows = _twelve(episode)
    numbers = {row.number for row in rows}
    return {number: one for number, one in _as_planned(episode, rows).items() if number in numbers}


def unplanned(episode: Episode) -> dict[int, Planned]:
    """Return which of the twelve are still to be planned: neither planned nor recorded, at any time."""
    rows = _twelve(episode)
    done = {row.number for row in rows if row.state != SessionState.CANCELLED}
    return {number: one for number, one in _as_planned(episode, rows).items() if number not in done}


def _twelve(episode: Episode) -> list[Session]:
    return TWELVE.rows(people=[episode.pk])


TWELVE = Instances(
    lambda: Session.objects.filter(episode__in=among("people"), kind=Kind.CORE).order_by("pk"),
    *("number", "state", "period", "module", "about", "skills", "measures", "curriculum"),
)


def _as_planned(episode: Episode, rows: Iterable[Session]) -> dict[int, Planned]:
    now = curriculum.current(episode.area)
    return {one.number: Planned(one, now.number) for one in now.sessions} | {
        row.number: as_before(row) for row in rows if row.curriculum is not None
    }
