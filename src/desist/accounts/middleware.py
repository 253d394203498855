"""Turns a session into an actor, locks sessions that were idle and ends those that were open for too long.

The only place that reads the clock for a request: everything below is told the moment as `request.at`.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desist.accounts import lock
from desist.accounts.limits import ABSOLUTE, IDLE, STORED_EVERY
from desist.accounts.models import SignIn
from desist.accounts.sessions import SIGN_IN
from desist.ui.addresses import url
from desist.wall.actors import Actor, Role
from desist.wall.statements import Slot, Statement

#: What a locked session may still ask for: to be unlocked, here or by the provider, and to be over.
THROUGH_THE_LOCK = ("accounts:lock", "accounts:sign-out", "accounts:provider", "accounts:provider-back")


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.at`, `request.actor` (who signed in, or None) and `request.sign_in`; answer a locked session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.at = now  # type: ignore[attr-defined]  # views see a StaffRequest
        request.actor = None  # type: ignore[attr-defined]  # views see a StaffRequest
        found = _signed_in(request, now)
        if found is None:
            return get_response(request)
        who, name, role, area, seen = found
        request.lock = url("accounts:lock")  # type: ignore[attr-defined]  # read by ui.context
        if now - seen > IDLE:
            if request.path_info not in map(url, THROUGH_THE_LOCK):
                return lock.locked(request, account=who, name=name, at=now)
        elif now - seen > STORED_EVERY:
            SignIn.objects.filter(ref=request.session[SIGN_IN]).update(last_seen_at=now)
        request.actor = Actor(  # type: ignore[attr-defined]  # views see a StaffRequest
            who=who, role=Role(role), area=area, correlation=uuid.uuid4()
        )
        return get_response(request)

    return middleware


def _signed_in(request: HttpRequest, now: datetime) -> tuple[str, str, str, str, datetime] | None:
    """Reference, name, role, area and last moment of whoever this session is, in one query; else no session."""
    if SIGN_IN not in request.session:
        return None
    rows = LIVE.rows(ref=request.session[SIGN_IN], since=(now - ABSOLUTE).isoformat())
    found = rows[0] if rows else None
    if found is None:
        request.session.flush()
    return found


def _live() -> QuerySet[Any]:
    live = SignIn.objects.filter(
        ref=Slot("ref"),
        ended_at=None,
        began_at__gt=Cast(Slot.value("since"), DateTimeField()),
        grant__ended_at=None,
        grant__account__left_at=None,
    )
    return live.values_list(
        "grant__account__ref", "grant__account__name", "grant__role", "grant__area", "last_seen_at"
    )


LIVE = Statement(_live)
