"""The menu of a zone: its places in groups, narrowed to those that a role may go to."""

import functools
from typing import TypeAlias

from django.conf import settings

from desist.ui.addresses import url
from desist.ui.context import Group, Link
from desist.wall import policy
from desist.wall.actors import Role

#: what a place is called, and the name of its route
Place: TypeAlias = tuple[str, str]
#: a title, and the places below it
Menu: TypeAlias = tuple[tuple[str, tuple[Place, ...]], ...]

#: so many places stand side by side without titles
MOST_IN_A_ROW = 8


def groups(role: Role, menu: Menu) -> tuple[Group, ...]:
    """The groups of a menu in which this role has places; a short menu, or a single group, has no title."""
    return _groups(role, menu, settings.ROOT_URLCONF)


def links(role: Role, places: tuple[Place, ...]) -> tuple[Link, ...]:
    """The places that this role may go to."""
    return _links(role, places, settings.ROOT_URLCONF)


@functools.cache
def _groups(role: Role, menu: Menu, urlconf: str) -> tuple[Group, ...]:
    found = [Group(title, allowed) for title, places in menu if (allowed := _links(role, places, urlconf))]
    everything = tuple(link for group in found for link in group.links)
    if len(found) > 1 and len(everything) > MOST_IN_A_ROW:
        return tuple(found)
    return (Group("", everything),) if everything else ()


@functools.cache
def _links(role: Role, places: tuple[Place, ...], urlconf: str) -> tuple[Link, ...]:
    del urlconf  # what addresses and rules are served decides, so it is part of what is remembered
    return tuple(Link(text, url(route)) for text, route in places if policy.opens(role, route))
