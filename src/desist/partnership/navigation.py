"""Where one can go in the partnership zone."""

from django.http import HttpRequest

from desist.accounts.navigation import account_links
from desist.audit.navigation import audit_links
from desist.desk.navigation import desk_links
from desist.post.navigation import post_links
from desist.restrictions.navigation import restriction_links
from desist.ui.addresses import url
from desist.ui.context import Link, Navigation
from desist.wall import policy

PLACES = (
    ("To do", "home:home"),
    ("Referrals", "referrals:referrals"),
    ("Orders", "orders:orders"),
    ("Victims", "victims:victims"),
    ("Disclosures", "disclosures:disclosures"),
    ("Pairs", "pairs:pairs"),
    ("Reports", "reports:reports"),
    ("Your calendar", "feeds:calendar"),
)


def navigation(request: HttpRequest) -> Navigation:
    """The places that this role may go to."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return Navigation()
    allowed = [
        Link(text, url(route))
        for text, route in PLACES
        if actor.role in policy.rule(policy.routes()[route]).roles
    ]
    return Navigation(
        links=(
            *allowed,
            *desk_links(actor),
            *post_links(actor),
            *audit_links(actor),
            *restriction_links(actor),
        ),
        account=account_links(request),
    )
