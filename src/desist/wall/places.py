"""The menu of a zone: its places in groups, narrowed to those that a role may open."""

from typing import TypeAlias

from desist.ui.addresses import url
from desist.ui.context import Group, Link
from desist.wall import policy
from desist.wall.actors import Role

#: a place's label, and the name of its route
Place: TypeAlias = tuple[str, str]
#: a title, and the places below it
Menu: TypeAlias = tuple[tuple[str, tuple[Place, ...]], ...]

#: the number of places that stand side by side without titles
MOST_IN_A_ROW = 8


def groups(role: Role, menu: Menu) -> tuple[Group, ...]:
    """The groups of a menu in which this role has places; a short menu, or a single group, has no title."""
    found = [Group(title, allowed) for title, places in menu if (allowed := links(role, places))]
    everything = tuple(link for group in found for link in group.links)
    if len(found) > 1 and len(everything) > MOST_IN_A_ROW:
        return tuple(found)
    return (Group("", everything),) if everything else ()


def links(role: Role, places: tuple[Place, ...]) -> tuple[Link, ...]:
    """The places that this role may open."""
    return tuple(Link(text, url(route)) for text, route in places if policy.opens(role, route))
