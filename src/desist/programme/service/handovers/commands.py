"""Commands with which a colleague answers what is handed over to them, and a manager withdraws it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from desist.programme.assessments.models import Assessment
from desist.programme.calendar.planner import commands as planner
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.service.allocation import commands as allocation
from desist.programme.service.cover import commands as cover
from desist.programme.service.handover_requests import commands as asking
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.service.handovers.policy import Action
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

ENDED = "Not accepted: the programme has ended for this person"
MOVED_ON = (
    "Not accepted: a colleague holds this meeting now, or the leave was called off. Nothing is left to do"
)
TAKEN = "Not accepted: one of the times has been booked since. Refuse it, and say so"


def accept(*, actor: Actor, ref: str, at: datetime) -> allocation.LeftBehind:
    """Take over what was asked: from now on the practitioner is responsible. Accepting twice changes nothing.

    Returns the meetings that could not go along. Raises Refused.
    """
    left = allocation.LeftBehind()
    with planner.taking(TAKEN), _answering(actor, ref, at) as (episode, request):
        if request.state == Answer.ACCEPTED:
            return left
        _refuse_closed(request)
        if not request.at_once:
            left = _take(episode, request, actor, at)
        _answer(request, Answer.ACCEPTED, actor, at)
    return left


def refuse(*, actor: Actor, ref: str, words: str, at: datetime) -> None:
    """Return what was asked to the manager, with a sentence. Nothing changes hands. Raises Refused."""
    with _answering(actor, ref, at) as (_, request):
        if request.state == Answer.REFUSED:
            return
        _refuse_closed(request)
        request.words = words
        _answer(request, Answer.REFUSED, actor, at)


def withdraw(*, actor: Actor, ref: str, at: datetime) -> str:
    """Leave everything as it is: the request ends. Twice changes nothing. Return the person's reference."""
    with gate.change(actor, Action.WITHDRAW_HANDOVER, HandoverRequest, ref, at=at) as request:
        asking.end(HandoverRequest.objects.filter(pk=request.pk), actor=actor, at=at)
        return str(request.episode.ref)


@contextmanager
def _answering(actor: Actor, ref: str, at: datetime) -> Iterator[tuple[Episode, HandoverRequest]]:
    """Lock the person, then the meeting and the request, in the order in which they are asked for."""
    rows = HandoverRequest.objects.filter(ref=ref, to__ref=actor.who)
    person, session, assessment = rows.values_list("episode__ref", "session", "assessment").first() or (
        ref,
        None,
        None,
    )
    with gate.change(actor, Action.ANSWER_HANDOVER, Episode, person, at=at) as episode:
        for model, key in ((Session, session), (Assessment, assessment)):
            list(model.objects.select_for_update().filter(pk=key)) if key else None
        locked = rows.select_for_update(of=("self",)).select_related("to", "leave__practitioner")
        yield episode, locked.get()


def _take(episode: Episode, request: HandoverRequest, actor: Actor, at: datetime) -> allocation.LeftBehind:
    meeting = request.session or request.assessment
    if meeting is None or request.leave is None:
        if episode.state not in OPEN:
            raise Refused(ENDED)
        return allocation.take_over(episode, request.to.ref, why=request.why, actor=actor, at=at)
    if request.leave.removed_at or meeting.practitioner_id != request.leave.practitioner_id:
        raise Refused(MOVED_ON)
    cover.hold(meeting, request.to, leave=request.leave, actor=actor, at=at)
    return allocation.LeftBehind()


def _refuse_closed(request: HandoverRequest) -> None:
    if request.state != Answer.ASKED:
        raise Refused(
            f"This has changed meanwhile: {Answer(request.state).label.lower()}. Nothing is left to answer"
        )


def _answer(request: HandoverRequest, answer: Answer, actor: Actor, at: datetime) -> None:
    request.state, request.answered_by, request.answered_at = answer, actor.who, at
    request.save(update_fields=["state", "words", "answered_by", "answered_at"])
