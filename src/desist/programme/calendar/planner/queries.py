"""The facts that every form of the planner needs, and how a page names a session."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from django.db.models import OuterRef, Subquery

from desist.programme.agreement import footing
from desist.programme.agreement import queries as agreement
from desist.programme.calendar.attendees import queries as company
from desist.programme.calendar.planner import commands, free_times, proposal
from desist.programme.calendar.planner.free_times import FreeTime, WantedMeeting
from desist.programme.calendar.planner.models import PlaceCheck
from desist.programme.calendar.planner.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.orders import queries as orders
from desist.programme.orders.queries import Untold
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.premises.models import Room
from desist.programme.sessions.models import Session
from desist.programme.sessions.person import Person, person
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Slot, Statement

#: how a session is held without a room, as a form sends it and as a page names it
REMOTE = (("remote", "Remote"),)


@dataclass(frozen=True)
class PlannedPerson:
    """Whose sessions are entered afterwards, and what is lacking: footing, orders untold."""

    ref: str
    spoken: str
    name: str
    practitioner: str
    lacking: footing.Lacking | None
    untold: tuple[Untold, ...]


@dataclass(frozen=True)
class PlanningPage:
    """Whose sessions are planned and in which rooms, what orders exclude, and what is lacking: footing, orders untold.

    `person` is what the person's practitioner must know, `company` who can attend as well.
    """

    ref: str
    spoken: str
    name: str
    version: int
    practitioner: str
    rooms: tuple[tuple[str, str], ...]
    excluded: tuple[str, ...]
    lacking: footing.Lacking | None
    untold: tuple[Untold, ...]
    person: Person
    company: company.AttendeeOffer
    offers: tuple[FreeTime, ...] = ()


def page(*, actor: Actor, ref: str, second: str, at: datetime) -> PlanningPage:
    """Return what the form needs that plans the twelve sessions of one person; `second` is the colleague it names."""
    row = (
        gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at)
        .select_related("referral__own_contact")
        .get()
    )
    found = asked(row, at)
    left = commands.unplanned(row)
    try:
        staff = (commands.practitioner(row, at), colleague(row.area, second))
    except commands.NotAllocated:
        return found
    if not left:
        return found
    first = next(iter(left.values())).outline.minutes
    return replace(found, offers=offers(row, found, staff=staff, minutes=first, after=at))


def asked(row: Episode, at: datetime, *, second: Practitioner | None = None) -> PlanningPage:
    """Return what every form of the planner needs of a person whose row the gate opened; `second` already attends."""
    facts = person(episode=row, today=dates.day_of(at))
    return PlanningPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        version=row.version,
        practitioner=practitioner(row),
        rooms=tuple((ref, name) for ref, name in ROOMS.rows(area=row.area)),
        excluded=orders.excluded_by(facts.orders),
        lacking=footing.lacking(agreement.stands(row)),
        untold=facts.untold,
        person=facts,
        company=company.offer(row, second=second, noted=facts.noted, at=at),
    )


def afterwards(row: Episode, at: datetime) -> PlannedPerson:
    """Return what a form needs of such a person that enters what was held already."""
    return PlannedPerson(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        practitioner=practitioner(row),
        lacking=footing.lacking(agreement.stands(row)),
        untold=orders.untold(referral=row.referral, today=dates.day_of(at)),
    )


def offers(
    row: Episode,
    page: PlanningPage,
    *,
    staff: Iterable[Practitioner | None],
    minutes: int,
    after: datetime,
    near: time | None = None,
    place: str = "",
    nowhere: tuple[tuple[str, str], ...] = REMOTE,
) -> tuple[FreeTime, ...]:
    """Return the next free times for a meeting; `place` is the wished room or one of `nowhere`, the ways without one.

    No room is offered where a colleague said last that it is inside an excluded area.
    """
    without = tuple(one for one in nowhere if one[0] == place)
    inside = _inside(row) if page.excluded else frozenset()
    rooms = tuple(one for one in sorted(page.rooms, key=lambda one: one[0] != place) if one[0] not in inside)
    meeting = WantedMeeting(
        episode=row,
        staff=tuple(one for one in staff if one),
        minutes=minutes,
        places=without or rooms or nowhere[:1],
        near=near,
    )
    return free_times.find(meeting=meeting, after=after)


def _inside(row: Episode) -> frozenset[str]:
    """Return the rooms by reference for which a colleague said last that they are inside an excluded area."""
    said = PlaceCheck.objects.filter(episode=row, premises=OuterRef("premises"))
    last = Subquery(said.order_by("-said_at", "-pk").values("inside")[:1])
    rooms = Room.objects.filter(area=row.area).annotate(inside=last)
    return frozenset(rooms.filter(inside=True).values_list("ref", flat=True))


def colleague(area: str, ref: str) -> Practitioner | None:
    """Return the practitioner of an area whom a form names, or None."""
    return Practitioner.objects.filter(area=area, ref=ref).first() if ref else None


def proposed(*, actor: Actor, ref: str, wish: commands.Wish, at: datetime) -> tuple[proposal.Proposed, ...]:
    """Return the sessions as they would be planned now."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).get()
    return commands.propose(episode=row, wish=wish, at=at)


def place(row: Session) -> str:
    """Return the place of a session."""
    return row.room.name if row.room else "Remote"


def beside(row: Session) -> str:
    """Return who else will be in a session, in words."""
    second = row.second.name if row.second else ""
    return company.words(second=second, others=row.others, alone=row.alone)


def practitioner(row: Episode) -> str:
    """Return the name of the practitioner who works with the person now, or "" where none does."""
    own = commands.allocated(row)
    return own.name if own else ""


ROOMS = Statement(lambda: premises.bookable(Slot("area")).values_list("ref", "name"))
