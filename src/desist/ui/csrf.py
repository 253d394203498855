"""Django's guard against forged requests, made to live with `Referrer-Policy: no-referrer`.

Under that policy a browser sends `Origin: null` with every form, which Django takes for another site's. No page can
forge the browser's Sec-Fetch-Site, so that header decides in this case; the token is checked as ever.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class CsrfMiddleware(CsrfViewMiddleware):
    """The middleware in the place of Django's own."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Let a form of our own pages count as of this site where the browser says so and hides its origin."""
        hidden = request.META.get("HTTP_ORIGIN") == "null"
        if hidden and request.headers.get("Sec-Fetch-Site") == "same-origin":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return super().process_view(request, callback, callback_args, callback_kwargs)
