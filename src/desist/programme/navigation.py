"""Where one can go in the programme zone."""

from collections.abc import Iterable

from django.http import HttpRequest

from desist.accounts.navigation import account_links
from desist.audit.navigation import audit_links
from desist.desk.navigation import desk_links
from desist.post.navigation import post_links
from desist.restrictions.navigation import restriction_links
from desist.ui.addresses import url
from desist.ui.context import Link, Navigation
from desist.wall import policy
from desist.wall.actors import Actor

PLACES = (
    ("My day", "home:home"),
    ("The service today", "service:service"),
    ("Triage", "triage:inbox"),
    ("Referrals", "referrals:referrals"),
    ("Type in", "intake:drafts"),
    ("People", "episodes:episodes"),
    ("Skills", "skills:skills"),
    ("Curriculum", "curriculum:curriculum"),
    ("Team", "team:team"),
    ("Leave", "absences:leave"),
    ("Premises", "premises:premises"),
    ("Concerns", "concerns:concerns"),
    ("Risk reviews", "risk:reviews"),
    ("Supervision", "supervision:board"),
    ("Quality", "quality:board"),
    ("Returns", "returns:returns"),
    ("Partner agencies", "support:directory"),
    ("Settings", "settings:settings"),
    ("E-mails not sent", "nudges:failing"),
)
#: what belongs to whoever is signed in, beside their account
OWN = (
    ("Your calendar", "feeds:calendar"),
    ("Your links", "team:links"),
    ("Your e-mails", "nudges:own"),
)


def navigation(request: HttpRequest) -> Navigation:
    """The places that this role may go to."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return Navigation()
    account, *others = account_links(request)
    return Navigation(
        links=(
            *_allowed(PLACES, actor),
            *desk_links(actor),
            *post_links(actor),
            *audit_links(actor),
            *restriction_links(actor),
        ),
        account=(account, *_allowed(OWN, actor), *others),
    )


def _allowed(places: Iterable[tuple[str, str]], actor: Actor) -> list[Link]:
    return [
        Link(text, url(route))
        for text, route in places
        if actor.role in policy.rule(policy.routes()[route]).roles
    ]
