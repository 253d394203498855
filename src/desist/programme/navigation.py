"""The places in the programme zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        "Work",
        (
            ("To do", "home:home"),
            ("Triage", "triage:inbox"),
            ("Referrals", "referrals:referrals"),
            ("Enter a referral", "intake:drafts"),
            ("People", "episodes:episodes"),
            ("Concerns", "concerns:concerns"),
            ("Risk reviews", "risk:reviews"),
            common.BY_HAND,
            common.ALERTS,
        ),
    ),
    (
        "Team",
        (
            ("The service today", "service:service"),
            ("Team", "team:team"),
            ("Leave", "absences:leave"),
            ("Supervision", "supervision:board"),
            ("Quality", "quality:board"),
            ("Returns", "returns:returns"),
            common.DUTY,
        ),
    ),
    (
        "Service",
        (
            ("Curriculum", "curriculum:curriculum"),
            ("Skills", "skills:skills"),
            ("Premises", "premises:premises"),
            ("Partner agencies", "support:directory"),
            ("Settings", "settings:settings"),
            ("E-mails not sent", "nudges:failing"),
            *common.SITE,
        ),
    ),
)
#: the pages of the signed-in account, beside its own account page
OWN: tuple[Place, ...] = (
    ("Your calendar", "feeds:calendar"),
    ("Your links", "team:links"),
    ("Your e-mails", "nudges:own"),
)


def navigation(request: HttpRequest) -> Navigation:
    """Return the places that this role may open."""
    return common.navigation(request, MENU, own=OWN, search=common.SEARCH)
