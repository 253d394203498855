"""A form that is sent again word for word leads where it led, and nothing is done twice.

Somebody clicks twice where no script holds the button, a network tries again, a page is loaded anew: the browser shows
the last answer alone. Without this it would say of a thing that was done that it cannot be done.
"""

from collections.abc import Callable
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

#: how a browser sends a form without files
FORM = "application/x-www-form-urlencoded"
#: in the session: the last forms that led somewhere, each as [what was sent, where it led]
SENT, KEPT = "sent", 5
#: every drawn page has a token of its own, so that equal bytes are one page's form; without it nothing is known
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
#: how one signs in goes by rules of its own, but for what makes a link or codes: a second would end the first
ACCOUNTS = "accounts"
MADE_ONCE = frozenset(f"{ACCOUNTS}:{name}" for name in ("invite", "invite-again", "reset", "new-codes"))
#: seconds that a form waits for the one before it; after that it is decided about beside it
PATIENCE = 5
#: shared by whatever falls on the same one: somebody waits who need not, and nothing else
LOCKS = tuple(Lock() for _ in range(256))
#: so many may wait at once: of a site's four threads, two always answer
WAITING = BoundedSemaphore(2)


class InTurn:
    """Forms of one browser to one address are answered one after the other, so that `Repeats` knows the first.

    Stands before the session is read. A site has one process (`desist.running.web`), so its memory knows who waits.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django makes middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer once whoever came first is answered and remembered."""
        browser = request.COOKIES.get(settings.SESSION_COOKIE_NAME) if request.method == "POST" else None
        if browser is None:
            return self.get_response(request)
        lock = LOCKS[hash((browser, request.path)) % len(LOCKS)]
        held = lock.acquire(blocking=False) or _waited(lock)
        try:
            return self.get_response(request)
        finally:
            if held:
                lock.release()


def _waited(lock: Lock) -> bool:
    """Whether the one before was answered in time; False at once where as many wait as may."""
    if not WAITING.acquire(blocking=False):
        return False
    try:
        return lock.acquire(timeout=PATIENCE)
    finally:
        WAITING.release()


class Repeats:
    """Stands last in MIDDLEWARE: what may not be sent at all was refused before. See docs/adr/forms-sent-again.md."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django makes middleware."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Remember where a form led, once it is answered."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and (what := _sent(request)):
            led = [each for each in request.session.get(SENT, []) if each[0] != what]
            request.session[SENT] = [*led, [what, response.url]][-KEPT:]
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place what was answered before."""
        del view, args, kwargs
        known = request.session.get(SENT) if request.method == "POST" else None
        led = dict(known).get(_sent(request)) if known else None
        return HttpResponseRedirect(led) if led else None


def _sent(request: HttpRequest) -> str:
    """What was sent and to where, as a fingerprint; "" for what is no drawn form of somebody signed in."""
    match = request.resolver_match
    is_form = request.method == "POST" and request.content_type == FORM and TOKEN in request.POST
    if not is_form or getattr(request, "actor", None) is None or match is None:
        return ""
    if ACCOUNTS in match.app_names and match.view_name not in MADE_ONCE:
        return ""
    return sha256(request.get_full_path().encode() + b"\n" + request.body).hexdigest()
