"""Devices: a few words by which people recognise their own, and the cookie by which the site recognises them.

The words are never an address, a version or typed text. The cookie is set after a good sign-in and identifies no
person: it holds a random name, and a mark that only this site can make for each account that signed in there.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KEPT_FOR = 180 * 24 * 60 * 60  # seconds after the last sign-in
MOST = 8  # accounts that one device remembers
SALT = "desist.accounts.devices"

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
UNKNOWN = "Unknown device"


@dataclass(frozen=True)
class Device:
    """A browser in which an account signed in; one without a name is not known."""

    name: str = ""
    marks: tuple[str, ...] = ()

    def at(self, account: str) -> str:
        """The device's name where this account signed in before, else ""."""
        return self.name if self.name and _mark(self.name, account) in self.marks else ""

    def with_(self, account: str) -> "Device":
        """Return the same device, or a newly known one, after this account signed in."""
        name = self.name or secrets.token_urlsafe(18)
        mark = _mark(name, account)
        return Device(name, (*(one for one in self.marks if one != mark), mark)[-MOST:])

    @property
    def digest(self) -> str:
        """The kept token of a device: enough to see that two accounts sign in on it."""
        return salted_hmac(SALT, f"kept|{self.name}", algorithm="sha256").hexdigest() if self.name else ""


#: no cookie, or one that this site did not make
NEVER_SEEN = Device()


def of(request: HttpRequest) -> Device:
    """The device that the cookie names; a cookie that this site did not make names no known device."""
    try:
        name, *marks = signing.loads(
            request.COOKIES.get(settings.DESIST_DEVICE_COOKIE, ""), salt=SALT, max_age=KEPT_FOR
        )
    except (signing.BadSignature, ValueError, TypeError):
        return NEVER_SEEN
    return Device(name, tuple(marks))


def remember(response: HttpResponse, device: Device) -> None:
    """Let the browser keep the device's cookie."""
    response.set_cookie(
        settings.DESIST_DEVICE_COOKIE,
        signing.dumps([device.name, *device.marks], salt=SALT),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _mark(name: str, account: str) -> str:
    return salted_hmac(SALT, f"{name}|{account}", algorithm="sha256").hexdigest()[:24]


def label(*, user_agent: str) -> str:
    """A device's words from two fixed lists, "Firefox on Windows": no text of the browser is stored."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or UNKNOWN


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    """The first known name whose mark is in the text; the order matters, since browsers name each other."""
    return next((name for mark, name in known if mark in text), "")
