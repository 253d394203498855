"""The page that covers every other one while a session is locked, and the words it keeps meanwhile."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from desist import deployment
from desist.accounts.callers import host
from desist.accounts.factors import commands as factors
from desist.accounts.factors import queries as factor_queries
from desist.accounts.provider import queries as provider
from desist.ui import errors
from desist.ui.addresses import url

#: Names of the lock form's hidden fields.
ONWARD, KEPT, AGAIN = "next", "kept", "again"
Words = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The owner of the locked page, the address they go on to, and the words they sent."""

    account: str
    name: str
    onward: str
    kept: str = ""
    again: str = ""
    files: bool = False


def locked(request: HttpRequest, *, account: str, name: str, at: datetime) -> HttpResponse:
    """Answer 401 with the lock page. A form sent meanwhile is not carried out; its words are kept for later.

    Only a form that proved to come from our own page may be offered for sending again.
    """
    if request.method in {"GET", "HEAD"}:
        return draw(request, Page(account, name, request.get_full_path()), at=at)
    kept = json.dumps(errors.sent(request))
    again = request.get_full_path() if errors.proved(request) else ""
    return draw(request, Page(account, name, "/", kept, again, files=bool(request.FILES)), at=at)


def draw(request: HttpRequest, page: Page, *, at: datetime, error: str = "") -> HttpResponse:
    """The lock page: one tap of a passkey, else a password or code, else the way round by the provider."""
    known = {"page": page, "error": error, **ways(request, account=page.account, at=at)}
    return render(request, "accounts/lock.html", known, status=422 if error else 401)


def ways(request: HttpRequest, *, account: str, at: datetime) -> dict[str, Any]:
    """The ways for an account to confirm its owner, for the pages that ask for one."""
    return {
        "question": factors.ask_again(host=host(request), account=account, at=at),
        "password": factor_queries.passwords_allowed() and factor_queries.has_password(account=account),
        "provider": provider.configured(),
        "demo": deployment.is_demo(),
    }


def own_address(text: str) -> str:
    """Return an address of this site other than signing out, which would end the new session; else the start page."""
    ours = text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
    return text if ours and not text.startswith(url("accounts:sign-out")) else "/"


def kept_words(text: str) -> Words:
    """Return the words that `locked` kept, read strictly: any other text counts as none."""
    try:
        pairs = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        return []
    return [(name, value) for name, value in pairs]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
