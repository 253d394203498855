"""Turns a session into an actor, locks sessions that were idle and ends those that were open for too long.

Only this module reads the clock for a request: all other code takes the moment from `request.at`.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desist.accounts import devices, lock, presence
from desist.accounts.limits import IDLE, STORED_EVERY
from desist.accounts.session_store import SessionStore, Sitting
from desist.ui import leaving
from desist.ui.addresses import url
from desist.wall import waiting
from desist.wall.actors import Actor, Role

#: The only routes open to a locked session: unlocking it, here or by the provider, and ending it.
THROUGH_THE_LOCK = (
    "accounts:lock",
    "accounts:exit",
    "accounts:sign-out",
    "accounts:provider",
    "accounts:provider-back",
)
#: addresses that a page asks by itself, or leaves by: they say nothing of who is at work
UNSEEN = (leaving.EXIT, waiting.ADDRESS)


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.at`, `request.actor` (who signed in, or None) and `request.sign_in`; answer a locked session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.at = now  # type: ignore[attr-defined]  # views see a StaffRequest
        request.actor = None  # type: ignore[attr-defined]  # views see a StaffRequest
        sitting = _sitting(request, now)
        if sitting is None:
            return _remembering(request, get_response(request))
        request.lock = url("accounts:lock")  # type: ignore[attr-defined]  # read by ui.context
        seen = presence.seen(request, sitting)
        if now - seen > IDLE:
            if request.path_info not in map(url, THROUGH_THE_LOCK):
                return lock.locked(request, account=sitting.who, name=sitting.name, at=now)
        elif now - seen > STORED_EVERY and request.path_info not in UNSEEN:
            presence.note(request, at=now)
        request.called = sitting.name  # type: ignore[attr-defined]  # views see a StaffRequest
        request.actor = Actor(  # type: ignore[attr-defined]  # views see a StaffRequest
            who=sitting.who,
            role=Role(sitting.role),
            area=sitting.area,
            correlation=uuid.uuid4(),
            emergency=sitting.emergency or "",
        )
        return _remembering(request, get_response(request))

    return middleware


def _remembering(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Record the browser as known after an account signed in, and let it carry what could not be stored."""
    presence.carry(request, response)
    known = getattr(request, "known_device", devices.NEVER_SEEN)
    if known.name:
        devices.remember(response, known)
    return response


def _sitting(request: HttpRequest, now: datetime) -> Sitting | None:
    """Return the account that is signed in; forget a session whose sign-in is over."""
    session = cast("SessionStore", request.session)
    sitting = session.sitting()
    if sitting is not None and not sitting.lives(at=now):
        session.flush()
        return None
    return sitting
