"""The middleware: the moment of the request, and the open sign-in that it carries. Nothing is kept in this process."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desist.participant import calls
from desist.ui import leaving

#: the name of these pages, which tells nothing
NAME = "My week"
#: for as long as a programme lasts at most; the service ends a phone before
KEPT = 400 * 24 * 60 * 60


class PhoneRequest(HttpRequest):
    """A request with its moment; `sitting` is the secret of the open sign-in, "" where there is none."""

    at: datetime
    sitting: str
    device: str


def here(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `at`, `device` and `sitting`; the database says whether the sign-in is open."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]  # views see a PhoneRequest
        request.device = _cookie(request, settings.DESIST_DEVICE_COOKIE)  # type: ignore[attr-defined]  # as above
        sitting = _cookie(request, settings.SESSION_COOKIE_NAME)
        is_open = sitting and calls.stays(sitting, at=request.at)  # type: ignore[attr-defined]  # as above
        request.sitting = sitting if is_open else ""  # type: ignore[attr-defined]  # as above
        return get_response(request)

    return middleware


def carrying(response: HttpResponse, *, sitting: str, device: str = "") -> HttpResponse:
    """Let the phone carry its sign-in until the browser ends, and its own token for longer."""
    kept = {settings.SESSION_COOKIE_NAME: (sitting, None), settings.DESIST_DEVICE_COOKIE: (device, KEPT)}
    for name, (secret, age) in kept.items():
        if secret:
            response.cookies.pop(name, None)  # one that was wiped a moment ago would end the new one with it
            response.set_cookie(
                name, secret, age, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
            )
    return response


def wiped(response: HttpResponse, *, device: bool) -> HttpResponse:
    """Make the browser forget every page and the sign-in; with `device`, that it was ever invited."""
    leaving.forgetting(response)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Strict")
    if device:
        response.delete_cookie(settings.DESIST_DEVICE_COOKIE, samesite="Strict")
    return response


def _cookie(request: HttpRequest, name: str) -> str:
    said = request.COOKIES.get(name, "")[:64]
    return said if said.isascii() and said.isprintable() else ""
