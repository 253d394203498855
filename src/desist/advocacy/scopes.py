"""Which rows of the advocacy zone an actor may reach: the scopes that its rules name."""

from collections.abc import Callable
from functools import cache

from django.db.models import Q

from desist.advocacy.victims.models import Allocation
from desist.wall.actors import Actor, Role
from desist.wall.exclusions import unhindered


@cache
def own_area(victim: str = "") -> Callable[[Actor], Q]:
    """Rows of the actor's area whose case nothing keeps the actor from. `victim` leads from the row to its victim."""

    def scope(actor: Actor) -> Q:
        if actor.is_system:
            return Q()
        return Q(**{f"{victim}area": actor.area}) & unhindered(actor, f"{victim}ref")

    return scope


@cache
def own_people(victim: str = "") -> Callable[[Actor], Q]:
    """Rows of the area; for an advocate only those of clients allocated to them now, and of one in an emergency."""

    def scope(actor: Actor) -> Q:
        rows = own_area(victim)(actor)
        if actor.role is not Role.ADVOCATE:
            return rows
        if actor.reach:
            now = Allocation.objects.filter(advocate__ref=actor.who, ended_at=None).values("victim")
            return rows & (Q(**{f"{victim}pk__in": now}) | Q(**{f"{victim}ref": actor.reach}))
        current = Q(
            **{
                f"{victim}allocations__advocate__ref": actor.who,
                f"{victim}allocations__ended_at": None,
            }
        )
        return rows & current

    return scope


def whole_caseload(actor: Actor) -> Q:
    """Every client of the area, to be counted: a count that leaves does not depend on who counts."""
    return Q(area=actor.area)


def own_entry(actor: Actor) -> Q:
    """Entries of the area's team; for an advocate their own."""
    rows = Q(area=actor.area)
    return rows & Q(ref=actor.who) if actor.role is Role.ADVOCATE else rows


def entries_of_others(actor: Actor) -> Q:
    """Entries of the area's team but one's own: nobody signs off their own training."""
    return Q(area=actor.area) & ~Q(ref=actor.who)


def in_area(actor: Actor) -> Q:
    """Rows of the actor's area that are about no case."""
    return Q(area=actor.area)


def colleagues_in_area(actor: Actor) -> Q:
    """Rows about another member of staff of the actor's area."""
    return Q(area=actor.area) & ~Q(account=actor.who)


def asked_to_take(actor: Actor) -> Q:
    """Offers to the actor of clients from whom nothing keeps them; not allocated to them yet, perhaps of another service."""
    return Q(to__ref=actor.who, to__area=actor.area) & unhindered(actor, "victim__ref")


def own_handovers(actor: Actor) -> Q:
    """Offers of the actor's clients, and those to the actor."""
    return own_people("victim__")(actor) | asked_to_take(actor)


def listed_in_area(actor: Actor) -> Q:
    """Rows of an area that are about no case and that a partner keeps; the post works in every area."""
    return Q() if actor.is_system else in_area(actor)
