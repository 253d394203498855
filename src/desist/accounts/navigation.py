"""The header's links that belong to whoever is signed in."""

from django.http import HttpRequest

from desist.ui.addresses import url
from desist.ui.context import Link
from desist.wall.actors import Role


def account_links(request: HttpRequest) -> tuple[Link, ...]:
    """Their own account, for an administrator everybody's, and the way out."""
    links = [Link("Your account", url("accounts:account"))]
    actor = getattr(request, "actor", None)
    if actor is not None and actor.role is Role.ADMINISTRATOR:
        links.append(Link("Accounts", url("accounts:people")))
    return (*links, Link("Sign out", url("accounts:sign-out")))
