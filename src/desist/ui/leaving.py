"""Leaving: where "Exit this page" goes, and what a browser is told to forget when a person leaves."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

#: a page that says nothing about anybody
ELSEWHERE = "https://www.bbc.co.uk/weather"
#: what ends the session and goes there: the same in every zone, and known when nothing else is
EXIT = "/account/exit/"
#: not "cookies": a browser would drop those of every site under the organisation's name
FORGOTTEN = '"cache", "storage"'

Response = TypeVar("Response", bound=HttpResponse)


def forgetting(response: Response) -> Response:
    """The same response, after which the browser keeps nothing of ours but its address in the history."""
    response.headers["Clear-Site-Data"] = FORGOTTEN
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Strict")
    return response


def away() -> HttpResponse:
    """Off to the page that says nothing, with nothing kept: the session's and the device's cookie too, whatever became of its row."""
    response = forgetting(HttpResponseRedirect(ELSEWHERE))
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    response.delete_cookie(settings.DESIST_DEVICE_COOKIE, samesite="Strict")
    return response
