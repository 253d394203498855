"""Addresses by the names of their routes.

A list needs one route for each row and each page the routes of its menu, and Django searches its patterns each time. So
each route's address is found once, with stand-ins for its parts. Without this the caseload costs 1.2 times as much, a
search and one person's page 1.3 times (docs/adr/busy-pages-in-fewer-steps.md).
"""

import functools
import re

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import NoReverseMatch, reverse

#: texts that need no escaping in an address: a reference, a number, a slug
PLAIN = re.compile("[A-Za-z0-9_-]+")


def url(name: str, **parts: object) -> str:
    """The address of a route: `url("referrals:decide", ref=ref)`. Raises NoReverseMatch."""
    for part in parts.values():
        if not PLAIN.fullmatch(str(part)):
            return reverse(name, kwargs=parts)
    found = _pattern(name, tuple(parts))
    return found.format(**parts) if found else reverse(name, kwargs=parts)


@functools.cache
def _pattern(name: str, keys: tuple[str, ...]) -> str:
    """The address with "{key}" for each part; "" where a part cannot be any text, such as a day."""
    try:
        found = reverse(name, kwargs={key: f"0-{key}-0" for key in keys})
    except NoReverseMatch:
        return ""
    for key in keys:
        found = found.replace(f"0-{key}-0", f"{{{key}}}")
    return found


@receiver(setting_changed)
def _forget(*, setting: str, **_: object) -> None:
    """Find the addresses anew: for tests, which serve one zone after another from one process."""
    if setting == "ROOT_URLCONF":
        _pattern.cache_clear()
