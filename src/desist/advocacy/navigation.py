"""The navigation of the advocacy zone."""

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

#: the places that every signed-in account has, beside the account itself
OWN: tuple[Place, ...] = (("In an emergency", "restrictions:emergency"),)


def navigation(request: HttpRequest) -> Navigation:
    """The places that a role may go to."""
    return common.navigation(request, MENU, own=OWN)
