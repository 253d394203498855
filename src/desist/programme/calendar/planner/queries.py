"""The facts that every form of the planner needs, and how a page names a session."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.agreement import footing
from desist.programme.agreement import queries as agreement
from desist.programme.calendar.attendees import queries as company
from desist.programme.calendar.planner import commands, proposal
from desist.programme.calendar.planner.policy import Action
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.orders import queries as orders
from desist.programme.orders.queries import Untold
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.programme.sessions.models import Session
from desist.programme.sessions.person import Person, person
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


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


def page(*, actor: Actor, ref: str, at: datetime) -> PlanningPage:
    """Return what the form needs that plans the twelve sessions of one person."""
    row = gate.open(actor, Action.PLAN_SESSIONS, Episode, ref, at=at).select_related("referral").get()
    return asked(row, actor, at)


def asked(row: Episode, actor: Actor, at: datetime, *, second: Practitioner | None = None) -> PlanningPage:
    """Return what every form of the planner needs of a person whose row the gate opened; `second` already attends."""
    return PlanningPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        version=row.version,
        practitioner=practitioner(row),
        rooms=tuple(premises.bookable(row.area).values_list("ref", "name")),
        excluded=orders.exclusions(referral=row.referral_id, on=dates.day_of(at)),
        lacking=footing.lacking(agreement.stands(row)),
        untold=orders.untold(referral=row.referral, today=dates.day_of(at)),
        person=person(episode=row, today=dates.day_of(at)),
        company=company.offer(row, second=second, actor=actor, at=at),
    )


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
    current = Allocation.objects.filter(episode=row, ended_at=None, leave=None)
    return str(current.values_list("practitioner__name", flat=True).first() or "")
