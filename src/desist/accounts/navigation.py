"""The header of every staff zone: its menu, and the account's own pages."""

from django.http import HttpRequest

from desist.ui.addresses import url
from desist.ui.context import Link, Navigation
from desist.wall import places, policy
from desist.wall.places import Menu, Place

#: places of every staff zone beside its own work
SITE: tuple[Place, ...] = (
    Place("Accounts", "accounts:people", "Who may sign in here, and in which role"),
    Place("Account alerts", "accounts:alerts", "Unusual use of an account, for someone else to look into"),
    Place("Post", "post:envelopes", "Messages between this site and its partners, and those that failed"),
    Place("Partner register", "post:partners", "The sites that this one may write to, and how"),
    Place("Audit", "audit:events", "Who looked at what and changed what, and when"),
    Place(
        "Files with names",
        "downloads:downloads",
        "Downloads that hold names: ask for one, release a colleague’s",
    ),
    Place("Restricted cases", "restrictions:restrictions", "Cases that are shut to some of your colleagues"),
    Place("E-mails not sent", "accounts:emails-not-sent", "E-mails to staff that wait or did not arrive"),
)


#: places of one's own account, around those of the zone
FIRST, LAST = (
    (Place("Your account", "accounts:account"), Place("Your e-mails", "accounts:emails")),
    (Place("Sign out", "accounts:sign-out"),),
)
#: the route of the one search, in the zones that have it
SEARCH = "search:search"


def navigation(
    request: HttpRequest, menu: Menu, *, own: tuple[Place, ...] = (), search: str = ""
) -> Navigation:
    """The header of a page for the account that is signed in; `own` are the places in its own menu."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return Navigation()
    account = (*FIRST, *own, *LAST)
    return places.navigation(actor, menu)._replace(
        who=getattr(request, "called", ""),
        account=tuple(Link(one.text, url(one.route)) for one in places.allowed(actor.role, account)),
        search=url(search) if search and policy.opens(actor.role, search) else "",
    )
