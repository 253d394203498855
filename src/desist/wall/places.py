"""The menu of a zone: six entries at most for each role, and the rest in groups behind "Service"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model, Q, QuerySet

from desist.ui.addresses import url
from desist.ui.context import Group, Link, Navigation
from desist.wall import policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question, fetch, of_role

#: the most entries of a menu, with the one that leads to the rest
MOST = 6
#: a menu says no more than "99+": so many rows of a kind that waits are counted at most
COUNTED = 100
#: the page that lists the rest
SERVICE = "accounts:service"


@dataclass(frozen=True, eq=False)  # each is itself, so that one is quickly found among others
class Place:
    """A place of a menu: its name, its route, a sentence about it, and what waits there.

    `waits` is a question: each row of its answer, within the rule of the place's own page, is one thing that waits.
    `asks` is the route of the number of a place whose count costs too much for every page: a script asks for it.
    """

    text: str
    route: str
    about: str = ""
    waits: Question | None = None
    asks: str = ""


#: the places that may be entries, the most important first; then the others, in groups with a title
Menu: TypeAlias = tuple[tuple[Place, ...], tuple[tuple[str, tuple[Place, ...]], ...]]


def rows_that_wait(model: type[Model], *kinds: Q) -> Question:
    """The question for the rows of a model that wait: those of each kind, found by its own index, as many as a menu tells."""

    def narrow(rows: QuerySet[Any]) -> QuerySet[Any]:
        kept = (rows.filter(kind).order_by().values_list("pk").distinct() for kind in kinds)
        first, *others = (one[:COUNTED] for one in kept)
        return first.union(*others) if others else first

    return Question(model, narrow)


def arranged(role: Role, menu: Menu) -> tuple[tuple[Place, ...], tuple[tuple[str, tuple[Place, ...]], ...]]:
    """The places that a role may open: its entries, and in groups those for which there is no room."""
    front, groups = menu
    opened = [(title, allowed(role, held)) for title, held in (("Work", front), *groups)]
    every = [one for _, held in opened for one in held]
    shown = tuple(every if len(every) <= MOST else every[: MOST - 1])
    rest = [(title, tuple(one for one in held if one not in shown)) for title, held in opened]
    return shown, tuple((title, held) for title, held in rest if held)


def navigation(actor: Actor, menu: Menu) -> Navigation:
    """The menu of the actor, with what waits at each place; "Service" leads to the places without an entry."""
    shown, rest = arranged(actor.role, menu)
    counts = _counts(actor, [*shown, *(one for _, held in rest for one in held)])
    entries = _links(shown, counts)
    if not rest:
        return Navigation(entries)
    groups = tuple(Group(title, _links(held, counts)) for title, held in rest)
    service = Link(
        "Service", url(SERVICE), waiting=sum(link.waiting for group in groups for link in group.links)
    )
    return Navigation((*entries, service), groups, service.href)


def allowed(role: Role, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places that this role may open."""
    return tuple(one for one in places if policy.opens(role, one.route))


def _links(places: Sequence[Place], counts: Mapping[str, int]) -> tuple[Link, ...]:
    return tuple(
        Link(one.text, url(one.route), one.about, counts.get(one.route, 0), one.asks and url(one.asks))
        for one in places
    )


def _counts(actor: Actor, places: Sequence[Place]) -> Mapping[str, int]:
    """How much waits for the actor at each place, by its route: one statement for all."""
    who = {"who": actor.who, "area": actor.area, "reach": ""}
    sql: dict[str, str] = {}
    values: list[object] = []
    for place in places:
        if place.waits:
            scope = policy.rule(policy.routes()[place.route]).scope
            rows, own = of_role(place.waits, scope, actor.role).bound(who)
            sql[place.route] = f"(SELECT count(*) FROM ({rows}) AS waiting)"  # noqa: S608 -- the ORM's own SQL
            values += own
    return dict(zip(sql, fetch(f"SELECT {', '.join(sql.values())}", values)[0], strict=True)) if sql else {}
