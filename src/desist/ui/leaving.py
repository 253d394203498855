"""Leaving: the target of "Exit this page", and the data that a browser then forgets."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

#: a neutral page that reveals nothing
ELSEWHERE = "https://www.bbc.co.uk/weather"
#: the address that ends the session and goes there: equal in every zone, and known when all else fails
EXIT = "/account/exit/"
#: not "cookies": a browser would drop those of every site under the organisation's name
FORGOTTEN = '"cache", "storage"'

Response = TypeVar("Response", bound=HttpResponse)


def forgetting(response: Response) -> Response:
    """Make the browser forget all our data but our address in its history; return the response."""
    response.headers["Clear-Site-Data"] = FORGOTTEN
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Strict")
    return response


def away() -> HttpResponse:
    """Go to the neutral page and drop the session's and the device's cookie, whatever became of the session's row."""
    response = forgetting(HttpResponseRedirect(ELSEWHERE))
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    response.delete_cookie(settings.DESIST_DEVICE_COOKIE, samesite="Strict")
    return response
