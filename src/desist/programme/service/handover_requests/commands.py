"""Asking a colleague to take over a person, or one meeting during a leave."""

from datetime import datetime

from django.db.models import QuerySet

from desist.programme.assessments.models import Assessment
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.sessions.models import Session
from desist.ui.dates import day_of
from desist.wall.actors import Actor


def for_person(
    episode: Episode, to: Practitioner, *, why: str, at_once: bool, actor: Actor, at: datetime
) -> None:
    """Ask a practitioner to take a person over; an earlier request about the person is withdrawn."""
    end(HandoverRequest.objects.filter(episode=episode, leave=None), actor=actor, at=at)
    HandoverRequest.objects.create(
        episode=episode, to=to, why=why, at_once=at_once, asked_by=actor.who, asked_at=at
    )


def for_meeting(
    meeting: Session | Assessment,
    to: Practitioner,
    *,
    leave: Leave,
    at_once: bool,
    actor: Actor,
    at: datetime,
) -> None:
    """Ask a practitioner to hold a meeting of a colleague who is away; an earlier request for it is withdrawn."""
    which = {"session": meeting} if isinstance(meeting, Session) else {"assessment": meeting}
    end(HandoverRequest.objects.filter(**which), actor=actor, at=at)
    HandoverRequest.objects.create(
        episode=meeting.episode, to=to, leave=leave, at_once=at_once, asked_by=actor.who, asked_at=at, **which
    )


def end(rows: QuerySet[HandoverRequest], *, actor: Actor, at: datetime) -> int:
    """Withdraw those of the requests that are open or were refused, since something else was decided; say how many."""
    standing = rows.filter(state__in=[Answer.ASKED, Answer.REFUSED])
    return standing.update(state=Answer.WITHDRAWN, answered_by=actor.who, answered_at=at)


def is_gone(who: Practitioner, at: datetime) -> bool:
    """Return whether a practitioner has left or is away today, and so cannot stay responsible for a person."""
    today = day_of(at)
    away = Leave.objects.filter(practitioner=who, removed_at=None, days__contains=today)
    return bool(who.left_on and who.left_on <= today) or away.exists()
