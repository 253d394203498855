"""The time that each answer takes, for the log and for Prometheus. Stands first in MIDDLEWARE."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from desist import logs
from desist.zones import metrics
from desist.zones.metrics import Kind


def timed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request a number for its log lines, and count its answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = logs.Timed()
        logs.current.set(began)
        response = get_response(request)
        metrics.observe(_kind(request), response.status_code, time.monotonic() - began.began)
        return response

    return middleware


def _kind(request: HttpRequest) -> Kind:
    if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
        return Kind.STATIC
    if request.resolver_match and request.resolver_match.app_name == "accounts":
        return Kind.ACCOUNT
    return Kind.FORM if request.method == "POST" else Kind.PAGE
