"""Questions about what is handed over, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Allocation
from desist.programme.service.allocation import queries as allocation
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.service.handovers.policy import Action
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question


@dataclass(frozen=True)
class HandoverPage:
    """A person, or a meeting with them, that a colleague is asked to take over.

    `what` is the meeting, "" for the whole person; `responsible` is the practitioner of now, "" where none is.
    """

    ref: str
    episode: str
    spoken: str
    name: str
    what: str
    responsible: str
    at_once: bool
    open: bool
    answer: str
    asked_by: str
    asked_at: datetime
    meetings: tuple[tuple[datetime, str], ...]  # ahead, with the place


def handover(*, actor: Actor, ref: str, at: datetime) -> HandoverPage:
    """One request, to be accepted or refused."""
    rows = gate.open(actor, Action.SEE_HANDOVER, HandoverRequest, ref, at=at)
    row = rows.select_related("episode__referral", "session", "assessment").get()
    current = Allocation.objects.filter(episode=row.episode, ended_at=None, leave=None)
    ahead = Session.objects.filter(episode=row.episode, state="planned", period__startswith__gt=at)
    places = ahead.order_by("period").values_list("period", "room__name") if not row.what else ()
    return HandoverPage(
        ref=row.ref,
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=row.episode.referral.name,
        what=row.what,
        responsible=current.values_list("practitioner__name", flat=True).first() or "",
        at_once=row.at_once,
        open=row.state == Answer.ASKED,
        answer=Answer(row.state).label,
        asked_by=accounts.name(ref=row.asked_by),
        asked_at=row.asked_at,
        meetings=tuple((period.lower, room or "Remote") for period, room in places),
    )


def to_answer(*, actor: Actor) -> tuple[allocation.Standing, ...]:
    """Return what the actor is asked to take over and has not answered, for the first page."""
    return _standing(actor, Action.SEE_HANDOVER, TO_ANSWER)


def unanswered(*, actor: Actor) -> tuple[allocation.Standing, ...]:
    """Return what colleagues refused, or have not answered, for the manager's first page."""
    return _standing(actor, Action.SEE_UNANSWERED, UNANSWERED)


def _standing(actor: Actor, action: Action, which: Question) -> tuple[allocation.Standing, ...]:
    found = gate.within(actor, action, which)
    return allocation.standing(Q(pk__in=[pk for (pk,) in found])) if found else ()


def _to_answer(rows: QuerySet[HandoverRequest]) -> QuerySet[Any]:
    return rows.filter(state=Answer.ASKED).values_list("pk")


def _unanswered(rows: QuerySet[HandoverRequest]) -> QuerySet[Any]:
    waits = Q(at_once=False, state=Answer.ASKED) | Q(state=Answer.REFUSED)
    return rows.filter(waits).values_list("pk")


TO_ANSWER = Question(HandoverRequest, _to_answer)
UNANSWERED = Question(HandoverRequest, _unanswered)
