"""The error pages. A zone's urls import the handlers; views raise what Django knows and nothing else.

    from desist.ui.errors import handler400, handler403, handler404, handler500

- 404 is one fixed text: absent and forbidden rows give the same bytes. What a form sent comes back below it.
- 500 gives what was typed back to be copied. 503 stands for it when the database cannot be reached, with a button to
  send the same again.
- `stale_form` answers a form whose security token is gone; what was typed comes back to be copied.
- `unprocessable(sentence)` is for a request that is understood and cannot be done, outside of a form.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from desist.postgresql.base import NotConfirmed
from desist.ui import context, leaving
from desist.ui.bridge import showable
from desist.ui.csrf import CsrfMiddleware
from desist.ui.forms import SUBMISSION, VERSION

#: a form's own fields beside the typed words
UNTYPED = {"csrfmiddlewaretoken", SUBMISSION, VERSION}
DISK_FULL = "53100"  # what PostgreSQL calls it
#: The fields that hold a secret, by their exact names: a code word or a postcode is typed text.
SECRET = frozenset({"csrfmiddlewaretoken", "password", "passphrase", "code", "secret", "credential"})


@dataclass(frozen=True)
class Error:
    """The content of an error page: what happened, what was kept, what to do."""

    status: int
    title: str
    sentences: tuple[str, ...]


BAD_REQUEST = Error(
    400,
    "That request could not be read",
    ("Nothing was changed.", "Go back to the page you came from and try again."),
)
TOO_BIG = Error(
    400,
    "That was too much to send at once",
    ("Nothing was changed.", "Go back, shorten the text or send it in parts, and try again."),
)
INTERRUPTED = Error(
    400,
    "You have since signed out or changed your role",
    ("What you sent may have been saved.", "Sign in, and check before you send it again."),
)
FORBIDDEN = Error(
    403,
    "Your role does not allow this",
    ("Nothing was changed.", "If you need it for your work, ask the person who gives roles in your service."),
)
STALE_FORM = Error(
    403,
    "This page was open for too long",
    ("Nothing was changed, because the page had expired.",),
)
NOT_FOUND = Error(
    404,
    "Page not found",
    ("There is nothing here that you can see.", "If you typed the address, check that it is right."),
)
NOTHING_LEFT = Error(
    404,
    "Page not found",
    (
        "There is nothing here that you can see.",
        "If you pressed the button twice, the first press may have done what it says: go back and look.",
    ),
)
SENT_TWICE = Error(
    409,
    "This was sent twice",
    ("It was saved once.", "Go back to the page you came from to see it."),
)
SERVER_ERROR = Error(
    500,
    "Something went wrong",
    (
        "The error has been logged. What you typed has not.",
        "Try again. If it happens again, tell your administrator when it was.",
    ),
)
FULL = Error(
    503,
    "There is no room left to save this",
    (
        "Nothing was saved by your last step, and nothing that was saved before is lost.",
        "Tell your administrator that the disk of the server is full. Keep this page open, and send your words again then.",
    ),
)
UNAVAILABLE = Error(
    503,
    "Desist cannot reach its records",
    ("Nothing was saved by your last step.", "Wait a minute, then try again."),
)
IN_DOUBT = Error(
    503,
    "Desist lost its records while it saved",
    (
        "What you sent may have been saved, or not.",
        "Wait a minute, then look whether it is there. The same form sent again is saved once.",
    ),
)


def page(
    error: Error, *, typed: Sequence[tuple[str, str]] = (), again: str = "", token: str = ""
) -> HttpResponse:
    """An error as a response. `typed` are names and texts of the sent fields; `again` is the address for a resend."""
    words = [text for name, text in typed if name not in UNTYPED and text.strip()]
    filling = {"error": error, "typed": words, "sent": typed, "again": again, "token": token}
    html = render_to_string("ui/error.html", {**context.identity(), **filling})
    return HttpResponse(html, status=error.status)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a malformed or too large request, or one whose session ended before the answer."""
    if isinstance(exception, SessionInterrupted):
        return page(INTERRUPTED, typed=_readable(request))
    return page(TOO_BIG if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a role that may not do this at all."""
    return page(FORBIDDEN)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an absent or out-of-scope row: the same bytes."""
    return page(NOT_FOUND)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours; a database out of reach gets a page of its own, as the typed words did not cause it."""
    if request.path_info == leaving.EXIT:
        return leaving.away()
    fault = sys.exc_info()[1]
    if not isinstance(fault, OperationalError | InterfaceError):
        return page(SERVER_ERROR, typed=_readable(request))
    if isinstance(fault, NotConfirmed) and request.method == "POST":
        return give_back(request, IN_DOUBT)
    return give_back(
        request, FULL if getattr(fault.__cause__, "sqlstate", None) == DISK_FULL else UNAVAILABLE
    )


def give_back(request: HttpRequest, error: Error) -> HttpResponse:
    """A temporary error, with the typed words and, if the form came from our own page, a button to send them again."""
    if request.method != "POST":
        return page(error)
    # Only a request that proved its origin may be offered for sending again.
    if proved(request):
        return page(error, typed=sent(request), again=request.get_full_path(), token=get_token(request))
    return page(error, typed=sent(request))


def proved(request: HttpRequest) -> bool:
    """Whether a form came from our own page. A fault may come before Django's check, so this checks it."""
    guard = CsrfMiddleware(handler500)
    guard.process_request(request)
    return guard.process_view(request, handler500, (), {}) is None


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Django's CSRF_FAILURE_VIEW: it returns the words as text only, for a form could be another site's trap."""
    return page(STALE_FORM, typed=sent(request))


def unprocessable(sentence: str) -> HttpResponse:
    """Answer a request that is understood and cannot be done: one sentence gives the reason."""
    return page(Error(422, "That cannot be done", (sentence, "Nothing was changed.")))


def sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a sent form, by name, without secrets."""
    return [
        (name, showable(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in SECRET
    ]


def _readable(request: HttpRequest) -> list[tuple[str, str]]:
    """The sent fields that can still be read: the fault may lie in the request, and its page comes all the same."""
    try:
        return sent(request)
    except Exception:  # noqa: BLE001 -- the last page there is must not fail
        return []
