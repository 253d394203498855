"""Turns a session into an actor, and ends sessions that were idle or open for too long.

The only place that reads the clock for a request: everything below is told the moment as `request.at`.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desist.accounts.models import RoleGrant
from desist.accounts.sessions import BEGAN, GRANT, SEEN
from desist.wall.actors import Actor, Role

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)
#: How often a busy session's last moment is stored: not at every request.
STORED_EVERY = timedelta(minutes=1)


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.at`, and `request.actor` to whoever signed in or None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        request.at = now  # type: ignore[attr-defined]  # views see a StaffRequest
        request.actor = _actor(request, now)  # type: ignore[attr-defined]  # views see a StaffRequest
        return get_response(request)

    return middleware


def _actor(request: HttpRequest, now: datetime) -> Actor | None:
    session = request.session
    if GRANT not in session:
        return None
    began, seen = (datetime.fromisoformat(session[key]) for key in (BEGAN, SEEN))
    if now - seen > IDLE or now - began > ABSOLUTE:
        session.flush()
        return None
    grant = (
        RoleGrant.objects.filter(pk=session[GRANT], ended_at=None, account__left_at=None)
        .values_list("account__ref", "role", "area")
        .first()
    )
    if grant is None:
        session.flush()
        return None
    if now - seen > STORED_EVERY:
        session[SEEN] = now.isoformat()
    who, role, area = grant
    return Actor(who=who, role=Role(role), area=area, correlation=uuid.uuid4())
