"""What can happen to returns that came: they arrive, are replaced or recalled, and are asked about."""

import secrets
from datetime import datetime

from desist.commission.returns.models import Question, ServiceReturn
from desist.commission.returns.policy import Action
from desist.commission.returns.states import State
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.refusals import Refused
from desist.returns import definitions, figures, quarters, words
from desist.returns.quarters import Quarter
from desist.returns.states import Moved, Why
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

RECALLED = "Not sent: its sender recalled this return"
NOT_HERE = "The return that it is about has not arrived yet."


def ask(
    *, actor: Actor, ref: str, asked: str, override: Override | None, submission: str, at: datetime
) -> str:
    """Ask the service about a return. The same form sent twice asks once. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.ASK_ABOUT_RETURN, ServiceReturn, ref, at=at) as row:
        if Question.objects.filter(submission=submission).exists():
            return row.ref
        if row.state == State.RECALLED:
            raise Refused(RECALLED)
        if words.tells_a_small_number(asked):
            raise Refused(words.SAY_IT_WITHOUT, field="words")
        named = audit.row_name(ServiceReturn, row.ref)
        clearances.hold(named=named, texts={"words": asked}, override=override, actor=actor, at=at)
        made = Question.objects.create(
            of=row,
            token=secrets.token_urlsafe(16),
            question=asked,
            submission=submission,
            asked_by=actor.who,
            asked_at=at,
        )
        told = payloads.ReturnQuestion(made.token, asked, at)
        outbox.send(told, to=row.sender, thread=row.thread, at=at, about=str(Quarter(row.quarter)))
    return ref


def receive(received: Received) -> None:
    """Keep a return that came; it replaces the one before of its quarter."""
    told: payloads.ServiceReturn = received.payload
    _check(told, received.sender)
    same = ServiceReturn.objects.filter(sender=received.sender, area=told.area, quarter=told.quarter)
    if same.filter(number=told.number).exists():
        return
    standing = same.filter(state=State.STANDS).select_for_update().first()
    late = standing is not None and standing.number > told.number
    if standing and not late:
        standing.state, standing.ended_at = State.REPLACED, received.at
        standing.save(update_fields=["state", "ended_at"])
    row = ServiceReturn(
        area=told.area,
        sender=received.sender,
        thread=received.thread,
        quarter=told.quarter,
        number=told.number,
        why=told.why,
        definitions=told.definitions,
        counted_at=told.counted_at,
        figures=list(told.figures),
        days=list(told.days),
        moved=told.moved,
        state=State.REPLACED if late else State.STANDS,
        arrived_at=received.arrived,
        ended_at=received.at if late else None,
    )
    with gate.create(received.actor, Action.RECEIVE_RETURN, row, at=received.at):
        pass


def note_recall(received: Received) -> None:
    """Delete the numbers of a return that the service recalls."""
    told: payloads.ReturnRecalled = received.payload
    known = _of(received)
    with gate.change(received.actor, Action.RECEIVE_RETURN, ServiceReturn, known.ref, at=received.at) as row:
        if told.why not in Why:
            raise CannotHandle("The envelope says no reason of the list: ask the sender.")
        row.state, row.ended_why, row.ended_at = State.RECALLED, told.why, received.at
        row.figures, row.days = [], []
        row.save()


def note_answer(received: Received) -> None:
    """Keep the service's answer to a question."""
    told: payloads.ReturnAnswer = received.payload
    known = Question.objects.filter(token=told.question, of__sender=received.sender).first()
    if known is None:
        raise CannotHandle("The envelope answers no question of this site: ask the sender.")
    with gate.change(received.actor, Action.RECEIVE_ANSWER, Question, known.ref, at=received.at) as row:
        if row.answered_at is None:
            row.answer, row.answered_at = told.words, told.answered_at
            row.save()


def _of(received: Received) -> ServiceReturn:
    known = ServiceReturn.objects.filter(thread=received.thread, sender=received.sender).first()
    if known is None:
        raise NotYet(NOT_HERE)
    return known


def _check(told: payloads.ServiceReturn, sender: str) -> None:
    """Refuse a return that this site cannot read, or that a site of another kind counts."""
    try:
        edition = definitions.edition(told.definitions)
        known = frozenset(edition.leaving)
        figures.read(told.figures, known=known)
        figures.read_days(told.days, known=known)
    except (definitions.UnknownEdition, figures.Unreadable) as reason:
        raise CannotHandle(str(reason)) from None
    if partners.zone(partners.find(name=sender)) != edition.side:
        raise CannotHandle("The return is by definitions of another kind of site: ask the sender.")
    if not quarters.is_first(told.quarter) or told.number < 1 or told.moved not in Moved:
        raise CannotHandle("The return names no quarter, no number or no code of the list: ask the sender.")
    if told.why and told.why not in Why:
        raise CannotHandle("The return says no reason of the list: ask the sender.")
