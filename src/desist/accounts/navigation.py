"""The header's links that belong to whoever is signed in."""

from django.http import HttpRequest
from django.urls import reverse

from desist.ui.context import Link


def account_links(request: HttpRequest) -> tuple[Link, ...]:
    """Their own account, and the way out."""
    del request
    return (Link("Your account", reverse("accounts:account")), Link("Sign out", reverse("accounts:sign-out")))
