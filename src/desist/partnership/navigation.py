"""The navigation of the partnership zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        "Work",
        (
            ("To do", "home:home"),
            ("Referrals", "referrals:referrals"),
            ("Orders", "orders:orders"),
            ("Victims", "victims:victims"),
            ("Disclosures", "disclosures:disclosures"),
            ("Pairs", "pairs:pairs"),
            ("Reports", "reports:reports"),
            common.ALERTS,
            common.DUTY,
            common.BY_HAND,
        ),
    ),
    ("Service", common.SITE),
)
#: the places that every signed-in account has, beside the account itself
OWN: tuple[Place, ...] = (("Your calendar", "feeds:calendar"),)


def navigation(request: HttpRequest) -> Navigation:
    """The places that a role may go to."""
    return common.navigation(request, MENU, own=OWN)
