"""The header's places in every staff zone: the account's own pages, and the site's administration."""

from django.http import HttpRequest

from desist.ui.addresses import url
from desist.ui.context import Navigation
from desist.wall import places, policy
from desist.wall.places import Menu, Place

#: places of every staff zone beside its own work
SITE: tuple[Place, ...] = (
    ("Post", "post:envelopes"),
    ("Partners", "post:partners"),
    ("Audit", "audit:events"),
    ("Files", "downloads:downloads"),
    ("Restricted", "restrictions:restrictions"),
)
#: the duty desk, in the zones that have one
ALERTS: Place = ("Alerts", "alerts:alerts")
DUTY: Place = ("Duty numbers", "duty:numbers")
BY_HAND: Place = ("To tell", "post:by-hand")


#: the route of the one search, in the zones that have it
SEARCH = "search:search"


def navigation(
    request: HttpRequest, menu: Menu, *, own: tuple[Place, ...] = (), search: str = ""
) -> Navigation:
    """The places of a zone's menu for the account that is signed in; `own` are the places beside its name."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return Navigation()
    account = (
        ("Your account", "accounts:account"),
        *own,
        ("Accounts", "accounts:people"),
        ("Account alerts", "accounts:alerts"),
        ("Sign out", "accounts:sign-out"),
    )
    return Navigation(
        groups=places.groups(actor.role, menu),
        account=places.links(actor.role, account),
        search=url(search) if search and policy.opens(actor.role, search) else "",
    )
