"""Addresses by the names of their routes."""

from django.urls import reverse


def url(name: str, **parts: object) -> str:
    """The address of a route: `url("referrals:decide", ref=ref)`. Raises NoReverseMatch."""
    return reverse(name, kwargs=parts)
