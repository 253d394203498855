"""The context of every page: its zone and site, its menu, and the messages of the last action.

Settings: `DESIST_ZONE` (a key of ZONES), `DESIST_SITE_NAME` ("Northmere service"), and `DESIST_NAVIGATION`, the
dotted path of a function from the request to a Navigation; without it pages have none.

    def navigation(request: HttpRequest) -> Navigation:
        return Navigation(entries=(Link("To do", "/", waiting=7),), who="Alex Moss", account=(Link("Sign out", "/sign-out/"),))
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Zone:
    """One side of the wall as its pages name it. `exit` puts "Exit this page" on every page."""

    key: str
    title: str
    exit: bool = False


ZONES = {
    zone.key: zone
    for zone in (
        Zone("programme", "Programme"),
        Zone("participant", "My week"),
        Zone("advocacy", "Advocacy", exit=True),
        Zone("partnership", "Partnership"),
        Zone("commission", "Commission"),
        Zone("public", "Information", exit=True),
    )
}


class Link(NamedTuple):
    """A place to go, with a sentence about it, and how much waits there or the address that a script asks (`asks`)."""

    text: str
    href: str
    about: str = ""
    waiting: int = 0
    asks: str = ""


class Group(NamedTuple):
    """Places that belong together."""

    title: str
    links: tuple[Link, ...]


class Navigation(NamedTuple):
    """The header of a page: the entries of its menu, who is signed in, and the pages of that account.

    `rest` are the places behind the last entry, `service`; `search` is the address of the zone's search, "" where the
    account may not search.
    """

    entries: tuple[Link, ...] = ()
    rest: tuple[Group, ...] = ()
    service: str = ""
    who: str = ""
    account: tuple[Link, ...] = ()
    search: str = ""

    def around(self, path: str) -> str:
        """The address of the entry that holds a page: by the longest address of a place that its own begins with."""
        behind = [link.href for group in self.rest for link in group.links]
        found = [href for href in (*(one.href for one in self.entries), *behind) if path.startswith(href)]
        place = max((href for href in found if href in {path} or href != "/"), key=len, default="")
        return self.service if place in behind else place


def identity() -> dict[str, Any]:
    """The zone and the site, known even when all else fails."""
    return {"zone": ZONES[settings.DESIST_ZONE], "site_name": settings.DESIST_SITE_NAME}


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the one template engine."""
    known = identity()
    path = getattr(settings, "DESIST_NAVIGATION", "")
    # Only a page that draws its menu asks for what waits in it.
    known["navigation"] = SimpleLazyObject(lambda: import_string(path)(request)) if path else Navigation()
    known["flashes"] = messages.get_messages(request)
    known["csp_nonce"] = getattr(request, "csp_nonce", "")
    # The address at which the owner unlocks an idle page; lock.js covers the page meanwhile.
    known["lock"] = getattr(request, "lock", "")
    # Set where the database cannot be written and the page's looks are kept in the journal.
    known["unwritten"] = getattr(request, "unwritten", None)
    # The middleware that reads the clock sets it; a page that shows ages fails loudly without it.
    if hasattr(request, "at"):
        known["now"] = request.at
    return known
