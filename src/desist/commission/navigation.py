"""Where one can go in the commission zone."""

from django.http import HttpRequest

from desist.accounts.navigation import account_links
from desist.audit.navigation import audit_links
from desist.post.navigation import post_links
from desist.restrictions.navigation import restriction_links
from desist.ui.context import Link, Navigation


def navigation(request: HttpRequest) -> Navigation:
    """The links of the header for whoever is signed in."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return Navigation()
    return Navigation(
        links=(Link("Returns", "/"), *post_links(actor), *audit_links(actor), *restriction_links(actor)),
        account=account_links(request),
    )
