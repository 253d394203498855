"""Questions about the team, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Allocation
from desist.programme.episodes.states import State
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

MONTH = timedelta(weeks=4)


@dataclass(frozen=True)
class TeamLine:
    """One practitioner in the list. `obstacles` keep them from taking a person."""

    ref: str
    name: str
    profession: str
    people: int
    stages: str  # how many of them at which stage
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
    load: str


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
    rows = gate.see(actor, Action.SEE_TEAM, Practitioner, at=at).exclude(
        profession=""
    )  # nobody of another service
    found = [(row, standing(row)) for row in counted(rows, actor).order_by("name", "pk")]
    leave = Leave.objects.filter(practitioner__area=actor.area, removed_at=None, days__contains=today)
    away = {one: days.upper for one, days in leave.values_list("practitioner", "days")}
    stages, load = _stages(actor), _load([one for _, one in found], actor, at)
    lines = [
        TeamLine(
            ref=row.ref,
            name=row.name,
            profession=str(row.get_profession_display()),
            people=one.people,
            stages=stages.get(row.pk, ""),
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
        load,
    )


def _stages(actor: Actor) -> dict[int, str]:
    """Practitioner -> how many of their people are at which stage, in words."""
    current = _holding(actor).filter(ended_at=None, episode__ended_at=None)
    found: dict[int, list[str]] = {}
    counted = current.values_list("practitioner", "episode__state").annotate(number=Count("pk"))
    for practitioner, state, number in sorted(counted, key=lambda one: list(State).index(State(one[1]))):
        found.setdefault(practitioner, []).append(f"{number} {State(state).label.lower()}")
    return {key: ", ".join(said) for key, said in found.items()}


def _load(team: list[fitness.Standing], actor: Actor, at: datetime) -> str:
    """The people for each practitioner who is here, on average, and how many were worked with a month ago."""
    here = [one for one in team if one.left_on is None or one.left_on > day_of(at)]
    if not here:
        return ""
    then, people = at - MONTH, sum(one.people for one in here)
    before = _holding(actor).filter(
        Q(ended_at=None) | Q(ended_at__gt=then),
        Q(episode__ended_at=None) | Q(episode__ended_at__gt=then),
        made_at__lte=then,
    )
    return (
        f"On average {people / len(here):.1f} people for a practitioner. "
        f"{people} {'person is' if people == 1 else 'people are'} worked with now, {before.count()} four weeks ago."
    )


def _holding(actor: Actor) -> QuerySet[Allocation]:
    """Allocations of people whom the actor may see, without those of colleagues who stand in."""
    return Allocation.objects.filter(leave=None, episode__in=visible(actor)).order_by()


def practitioner(*, actor: Actor, ref: str, at: datetime) -> PractitionerPage:
    """One practitioner: what is known, who they work with, and what they declared."""
    rows = gate.open(actor, Action.SEE_PRACTITIONER, Practitioner, ref, at=at)
    row = counted(rows, actor).get()
    today = day_of(at)
    return PractitionerPage(
        ref=row.ref,
        name=row.name,
        profession_label=str(row.get_profession_display()),
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
