"""Questions about the directory of agencies, each with a frozen answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.agencies import STALE, Answers, Capacity, Need, Side
from desist.partnership.agencies.commands import Entry, in_force
from desist.partnership.agencies.models import Agency
from desist.partnership.agencies.policy import Action
from desist.post.agreements import queries as agreements
from desist.references import spoken
from desist.ui import dates
from desist.ui.todo import Line
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, moment

PAGE = 200
SHOWN = 20


@dataclass(frozen=True)
class Listed:
    """One agency. `told` is whether it may be told of people now; `stale` is whether its entry is to be checked."""

    ref: str
    spoken: str
    version: int
    name: str
    needs: tuple[str, ...]
    helps: str
    phone: str
    hours: str
    languages: str
    how: str
    capacity: str
    answers: str
    referred_by: str
    agreement: str
    told: bool
    checked_on: date
    checked_by: str
    stale: bool
    ended_at: datetime | None


@dataclass(frozen=True)
class Directory:
    """The area's agencies: those on the list, or those that are no longer on it."""

    rows: tuple[Listed, ...]
    stale: int
    keeps: bool


@dataclass(frozen=True)
class Member:
    """One account that works for an agency."""

    ref: str
    name: str
    side: str
    added_at: datetime


@dataclass(frozen=True)
class Page:
    """One agency, the accounts that work there, and those that could."""

    row: Listed
    entry: Entry
    members: tuple[Member, ...]
    accounts: tuple[tuple[str, str], ...]
    keeps: bool


def directory(*, actor: Actor, past: bool = False, need: str = "", at: datetime) -> Directory:
    """The area's agencies, those to check first; `past` ones are off the list, `need` is what they help with."""
    rows = gate.see(actor, Action.SEE_AGENCIES, Agency, at=at).filter(ended_at__isnull=not past)
    rows = rows.filter(needs__contains=[need]) if need else rows
    found = sorted((_listed(row, actor, at) for row in rows[:PAGE]), key=lambda one: one.name.lower())
    stale = sum(one.stale for one in found)
    return Directory(tuple(sorted(found, key=lambda one: not one.stale)), stale, keeps=_keeps(actor))


def agency(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One agency."""
    return _page(gate.open(actor, Action.SEE_AGENCIES, Agency, ref, at=at).get(), actor, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One agency, for the colleague who changes its entry."""
    return _page(gate.open(actor, Action.CHANGE_AGENCY, Agency, ref, at=at).get(), actor, at)


def stale(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """The entries to check, as lines of To do; none for a role that does not keep the directory."""
    for ref, name, checked_on in gate.within(actor, Action.SEE_STALE_AGENCIES, TO_CHECK, before=at - STALE):
        words = f"Check the directory’s entry of {name}, last checked on {dates.on(checked_on)}"
        yield Line(words=words, route="agencies:agency", ref=ref, by=checked_on + STALE)


def _to_check(rows: QuerySet[Agency]) -> QuerySet[Any]:
    old = rows.filter(ended_at=None, checked_on__lt=moment("before")).order_by("checked_on", "pk")
    return old.values_list("ref", "name", "checked_on")[:SHOWN]


TO_CHECK = Question(Agency, _to_check)


def _keeps(actor: Actor) -> bool:
    return actor.role in policy.rule(Action.CHANGE_AGENCY).roles


def _page(row: Agency, actor: Actor, at: datetime) -> Page:
    members = list(row.members.filter(ended_at=None).order_by("added_at", "pk"))
    names = accounts.names(refs={one.account for one in members})
    return Page(
        row=_listed(row, actor, at),
        entry=Entry(
            name=row.name,
            needs=tuple(row.needs),
            helps=row.helps,
            phone=row.phone,
            hours=row.hours,
            languages=row.languages,
            how=row.how,
            capacity=row.capacity,
            from_programme=row.from_programme,
            from_advocacy=row.from_advocacy,
            agreement=row.agreement,
            answers=row.answers,
        ),
        members=tuple(
            Member(one.ref, names.get(one.account, "a colleague"), Side(one.side).label, one.added_at)
            for one in members
        ),
        accounts=accounts.holders(role=Role.PARTNER, area=row.area),
        keeps=_keeps(actor),
    )


def _listed(row: Agency, actor: Actor, at: datetime) -> Listed:
    kinds = (("a programme", row.from_programme), ("an advocacy service", row.from_advocacy))
    by = " and ".join(kind for kind, may in kinds if may)
    return Listed(
        ref=row.ref,
        spoken=spoken(row.ref),
        version=row.version,
        name=row.name,
        needs=tuple(str(Need(one).label) for one in row.needs),
        helps=row.helps,
        phone=row.phone,
        hours=row.hours,
        languages=row.languages,
        how=row.how,
        capacity=Capacity(row.capacity).label,
        answers=Answers(row.answers).label,
        referred_by=f"{by[:1].upper()}{by[1:]}",
        agreement=agreements.title(ref=row.agreement),
        told=in_force(row, at=at),
        checked_on=row.checked_on,
        checked_by=accounts.as_read_by(actor, row.checked_by),
        stale=row.ended_at is None and row.checked_on < dates.day_of(at) - STALE,
        ended_at=row.ended_at,
    )
