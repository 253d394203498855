"""Questions about the team, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Allocation
from desist.programme.practitioners import fitness
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Declaration, Practitioner
from desist.programme.practitioners.states import Body, Ended, Link
from desist.programme.team import commands as places
from desist.programme.team.commands import counted, standing, visible
from desist.programme.team.policy import Action
from desist.references import spoken
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class TeamLine:
    """One practitioner in the list. `obstacles` keep them from taking a person."""

    ref: str
    name: str
    profession: str
    people: int
    capacity: int
    room: int
    obstacles: tuple[str, ...]
    away_until: date | None
    left_on: date | None


@dataclass(frozen=True)
class TeamPage:
    """The practitioners of the area, and its places."""

    rows: tuple[TeamLine, ...]
    places: places.Places


@dataclass(frozen=True)
class AllocationLine:
    """One allocation, now or before."""

    episode: str
    name: str
    spoken: str
    standing_in: bool
    since: datetime
    until: datetime | None
    why: str


@dataclass(frozen=True)
class Tie:
    """One declared link."""

    ref: str
    kind: str
    about: str
    declared_at: datetime


@dataclass(frozen=True)
class PractitionerPage:
    """One practitioner whole."""

    ref: str
    name: str
    profession_label: str
    body: str
    registration: str
    registered_until: date | None
    trained_on: date | None
    training_signed_by: str
    supervised_by: str
    capacity: int
    people: int
    left_on: date | None
    obstacles: tuple[str, ...]
    held: tuple[AllocationLine, ...]
    links: tuple[Tie, ...]


def team(*, actor: Actor, at: datetime) -> TeamPage:
    """The area's practitioners, those who left at the end."""
    today = day_of(at)
    rows = gate.see(actor, Action.SEE_TEAM, Practitioner, at=at)
    found = [(row, standing(row)) for row in counted(rows, actor).order_by("name", "pk")]
    leave = Leave.objects.filter(practitioner__area=actor.area, removed_at=None, days__contains=today)
    away = {one: days.upper for one, days in leave.values_list("practitioner", "days")}
    lines = [
        TeamLine(
            ref=row.ref,
            name=row.name,
            profession=Practitioner.Profession(row.profession).label,
            people=one.people,
            capacity=row.capacity,
            room=places.room(one, today),
            obstacles=fitness.obstacles(standing=one, ties=places.NO_TIES, today=today),
            away_until=away.get(row.pk),
            left_on=row.left_on,
        )
        for row, one in found
    ]
    return TeamPage(
        tuple(sorted(lines, key=lambda line: line.left_on is not None)),
        places.places_of([one for _, one in found], actor=actor, at=at),
    )


def practitioner(*, actor: Actor, ref: str, at: datetime) -> PractitionerPage:
    """One practitioner: what is known, who they work with, and what they declared."""
    rows = gate.open(actor, Action.SEE_PRACTITIONER, Practitioner, ref, at=at)
    row = counted(rows, actor).get()
    today = day_of(at)
    return PractitionerPage(
        ref=row.ref,
        name=row.name,
        profession_label=Practitioner.Profession(row.profession).label,
        body=Body(row.registered_with).label,
        registration=row.registration,
        registered_until=row.registered_until,
        trained_on=row.trained_on,
        training_signed_by=accounts.name(ref=row.training_signed_by) if row.training_signed_by else "",
        supervised_by=accounts.name(ref=who) if (who := getattr(row, "supervisor", None)) else "",
        capacity=row.capacity,
        people=int(getattr(row, "people", 0)),
        left_on=row.left_on,
        obstacles=fitness.obstacles(standing=standing(row), ties=places.NO_TIES, today=today),
        held=tuple(map(_held, _allocations(row, actor))),
        links=_links(row),
    )


def own_links(*, actor: Actor, at: datetime) -> tuple[Tie, ...]:
    """What one declared oneself; nothing while one is not listed."""
    row = gate.see(actor, Action.DECLARE_LINK, Practitioner, at=at).first()
    return _links(row) if row else ()


def _allocations(row: Practitioner, actor: Actor) -> list[Allocation]:
    rows = Allocation.objects.filter(practitioner=row, episode__in=visible(actor)).select_related(
        "episode__referral"
    )
    return list(rows.order_by("-ended_at", "-made_at")[:60])


def _held(one: Allocation) -> AllocationLine:
    return AllocationLine(
        episode=one.episode.ref,
        name=one.episode.referral.name,
        spoken=spoken(one.episode.ref),
        standing_in=one.leave_id is not None,
        since=one.made_at,
        until=one.ended_at,
        why=Ended(one.reason).label if one.reason in Ended.values else "",
    )


def _links(row: Practitioner) -> tuple[Tie, ...]:
    rows = Declaration.objects.filter(practitioner=row, ended_at=None).order_by("declared_at", "pk")
    return tuple(
        Tie(
            ref=one.ref,
            kind=Link(one.kind).label,
            about=spoken(one.case) if one.case else f"{one.given_names} {one.family_name}".strip(),
            declared_at=one.declared_at,
        )
        for one in rows
    )
