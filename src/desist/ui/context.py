"""What every page knows without being told: whose side it is on, where one can go, and what just happened.

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
    """Somewhere to go."""

    text: str
    href: str


class Group(NamedTuple):
    """Places that belong together; a short menu is one group without a title."""

    title: str
    links: tuple[Link, ...]


class Navigation(NamedTuple):
    """The links of the header: the zone's places, and what belongs to whoever signed in."""

    groups: tuple[Group, ...] = ()
    account: tuple[Link, ...] = ()

    def around(self, path: str) -> str:
        """The address of the place that a page is in: its own, or the longest that its own begins with."""
        found = [link.href for group in self.groups for link in group.links if path.startswith(link.href)]
        return max((href for href in found if href in {path} or href != "/"), key=len, default="")


def identity() -> dict[str, Any]:
    """The zone and the site, known even when nothing else is."""
    return {"zone": ZONES[settings.DESIST_ZONE], "site_name": settings.DESIST_SITE_NAME}


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the one template engine."""
    known = identity()
    path = getattr(settings, "DESIST_NAVIGATION", "")
    known["navigation"] = import_string(path)(request) if path else Navigation()
    known["flashes"] = messages.get_messages(request)
    known["csp_nonce"] = getattr(request, "csp_nonce", "")
    # Where an idle page of somebody signed in is unlocked; lock.js covers it meanwhile.
    known["lock"] = getattr(request, "lock", "")
    # Set by the middleware that reads the clock; a page that tells ages fails loudly without it.
    if hasattr(request, "at"):
        known["now"] = request.at
    return known
