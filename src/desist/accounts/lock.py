"""The page that stands in front of every other one while a session is locked, and what it keeps meanwhile."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from desist import deployment
from desist.ui import errors

#: Names of the lock form's hidden fields.
ONWARD, KEPT, AGAIN = "next", "kept", "again"
Words = list[tuple[str, str]]


def locked(request: HttpRequest, *, name: str) -> HttpResponse:
    """401 with the lock page. A form that was sent meanwhile is not carried out; its words are kept for later.

    Only a form that proved to come from our own page may be offered for sending again.
    """
    page = {"name": name, "onward": request.get_full_path(), "kept": "", "again": "", "files": False}
    if request.method not in {"GET", "HEAD"}:
        page |= {"kept": json.dumps(errors.sent(request)), "files": bool(request.FILES), "onward": "/"}
        if errors.proved(request):
            page["again"] = request.get_full_path()
    return draw(request, page)


def draw(request: HttpRequest, page: dict[str, object]) -> HttpResponse:
    """The lock page. In the demo its button is enough; elsewhere a passkey is needed."""
    return render(request, "accounts/lock.html", {"page": page, "demo": deployment.is_demo()}, status=401)


def own_address(text: str) -> str:
    """An address of this very site, or the start page."""
    ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if ours else "/"


def kept_words(text: str) -> Words:
    """What `locked` kept, read strictly: anything else counts as nothing."""
    try:
        pairs = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        return []
    return [(name, value) for name, value in pairs]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
