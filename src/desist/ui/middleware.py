"""The headers of every response. Stands first in MIDDLEWARE; the Content-Security-Policy is django-csp's.

A page's content may endanger a person, so no page is kept by a browser, named to another site, framed, or reachable
from a window that another site opened. Static files hold no such content and may be kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from desist.ui.settings import ENDPOINT, REPORTS

#: nothing in Desist uses these, but a passkey is asked for by our own pages
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
        ),
        *("publickey-credentials-get=(self)", "publickey-credentials-create=(self)"),
    ]
)
#: for a year; for the site's own name alone, since the organisation's other names below it are not ours
TLS_ONLY = "max-age=31536000"
HEADERS = {
    "Reporting-Endpoints": f'{ENDPOINT}="{REPORTS}"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set HEADERS on every response, require TLS where there is TLS, and forbid keeping all but found static files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        told = response.headers
        for name, value in HEADERS.items():
            told[name] = value
        if settings.SESSION_COOKIE_SECURE:
            told["Strict-Transport-Security"] = TLS_ONLY
        if not is_file(request, response):
            told["Cache-Control"] = "no-store"
        return response

    return middleware


def is_file(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the response is a static file; a missing one is a page."""
    static = f"/{settings.STATIC_URL.strip('/')}/"
    return request.path.startswith(static) and response.status_code in {200, 206, 304}
