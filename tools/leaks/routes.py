"""Every address pattern of a zone, from its URL table: what a crawl must reach.

Patterns are read under the tests' settings, which serve every zone's pages from one process without a key.
"""

import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import django
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from desist.sites import Zone

ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION, Zone.PARTICIPANT)


@dataclass(frozen=True)
class Route:
    """A named address pattern, and the arguments in it."""

    name: str
    arguments: tuple[str, ...]

    def address(self, zone: Zone, values: tuple[str, ...]) -> str:
        """Return the address with these arguments, in order; "" where they do not fit the pattern."""
        filled = dict(zip(self.arguments, values, strict=True))
        try:
            return reverse(self.name, urlconf=_table(zone), kwargs=filled)
        except NoReverseMatch:
            return ""


def set_up() -> None:
    """Set up Django with every zone's pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()


@functools.cache
def of(zone: Zone) -> dict[str, Route]:
    """Return every named route of a zone."""
    return {route.name: route for route in _walk(get_resolver(_table(zone)), (), ())}


@functools.lru_cache(maxsize=100_000)
def route_of(zone: Zone, address: str) -> tuple[str, tuple[str, ...]]:
    """Return the route that answers an address, and its arguments; "" where none does."""
    try:
        found = resolve(urlsplit(address).path, urlconf=_table(zone))
    except Resolver404:
        return "", ()
    # The arguments in the address: a route may give its view more than those.
    standing = found.captured_kwargs  # type: ignore[attr-defined]  # which django-stubs do not know yet
    return found.view_name, tuple(str(value) for value in standing.values())


def _table(zone: Zone) -> str:
    return f"desist.zones.{zone}_urls"


def _walk(resolver: URLResolver, space: tuple[str, ...], before: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        arguments = (*before, *entry.pattern.converters)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield Route(":".join((*space, entry.name)), arguments)
        else:
            inner = (*space, entry.namespace) if entry.namespace else space
            yield from _walk(entry, inner, arguments)
