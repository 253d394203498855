"""The context of every page: its zone and site, its menu, and the messages of the last action.

Settings: `DESIST_ZONE` (a key of ZONES), `DESIST_SITE_NAME` ("Northmere service"), and `DESIST_NAVIGATION`, the
dotted path of a function from the request to a Navigation; without it pages have none.

    def navigation(request: HttpRequest) -> Navigation:
        return Navigation(groups=(Group("", (Link("My day", "/"),)),), account=(Link("Sign out", "/sign-out/"),))
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
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
        Zone("advocacy", "Advocacy", exit=True),
        Zone("partnership", "Partnership"),
        Zone("commission", "Commission"),
        Zone("public", "Information", exit=True),
    )
}


class Link(NamedTuple):
    """A place to go."""

    text: str
    href: str


class Group(NamedTuple):
    """Places that belong together; a short menu is one group without a title."""

    title: str
    links: tuple[Link, ...]


class Navigation(NamedTuple):
    """The links of the header: the zone's places, and the pages of the account that is signed in.

    `search` is the address of the zone's search; "" where the account may not search.
    """

    groups: tuple[Group, ...] = ()
    account: tuple[Link, ...] = ()
    search: str = ""

    def around(self, path: str) -> str:
        """The address of the place that holds a page: its own, or the longest address that its own begins with."""
        found = [link.href for group in self.groups for link in group.links if path.startswith(link.href)]
        return max((href for href in found if href in {path} or href != "/"), key=len, default="")


def identity() -> dict[str, Any]:
    """The zone and the site, known even when all else fails."""
    return {"zone": ZONES[settings.DESIST_ZONE], "site_name": settings.DESIST_SITE_NAME}


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the one template engine."""
    known = identity()
    path = getattr(settings, "DESIST_NAVIGATION", "")
    known["navigation"] = import_string(path)(request) if path else Navigation()
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
