"""Where one can go in the advocacy zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        "Work",
        (
            ("Calls to make", "home:home"),
            ("Clients", "victims:victims"),
            ("Team", "team:team"),
            common.ALERTS,
            common.DUTY,
            common.BY_HAND,
        ),
    ),
    ("Service", common.SITE),
)

#: what belongs to whoever is signed in, beside their account
OWN: tuple[Place, ...] = (("In an emergency", "restrictions:emergency"),)


def navigation(request: HttpRequest) -> Navigation:
    """The places that this role may go to."""
    return common.navigation(request, MENU, own=OWN)
