"""The menu of the commission zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.ui.context import Navigation
from desist.wall.places import Menu

MENU: Menu = (("Work", (("Returns", "home:home"), common.BY_HAND, *common.SITE)),)


def navigation(request: HttpRequest) -> Navigation:
    """The places that this role may open."""
    return common.navigation(request, MENU)
