"""When a busy session was last seen: stored with its sign-in and, while nothing can be written, carried by the browser.

Without it everybody would be locked a quarter of an hour after the database stopped taking writes, and could not unlock. The
cookie is signed for one session, holds a moment and nothing else, and keeps no session open for longer than a stored
moment would.
"""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from desist.accounts.limits import IDLE
from desist.accounts.models import SignIn
from desist.accounts.session_store import SIGN_IN, Sitting
from desist.wall import unwritten

SALT = "desist.accounts.presence"


def seen(request: HttpRequest, sitting: Sitting) -> datetime:
    """Return when the session was last seen, stored or carried."""
    if _cookie() not in request.COOKIES:
        return sitting.seen
    try:
        carried = signing.loads(request.COOKIES[_cookie()], salt=_salt(request))
        return max(sitting.seen, datetime.fromisoformat(carried))
    except (signing.BadSignature, ValueError, TypeError):
        return sitting.seen


def note(request: HttpRequest, *, at: datetime) -> None:
    """Store that the session was seen, or let the browser carry it where nothing can be written."""
    try:
        SignIn.objects.filter(ref=request.session[SIGN_IN]).update(last_seen_at=at)
    except DatabaseError as failure:
        if not unwritten.is_unwritable(failure):
            raise
        request.carried = signing.dumps(at.isoformat(), salt=_salt(request))  # type: ignore[attr-defined]  # for `carry`


def carry(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the moment that could not be stored."""
    if carried := getattr(request, "carried", ""):
        response.set_cookie(
            _cookie(),
            carried,
            max_age=int(IDLE.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_seen"


def _salt(request: HttpRequest) -> str:
    return f"{SALT}|{cast('str', request.session.session_key)}"
