"""What can happen to returns: they arrive or are entered by hand, are replaced or recalled, and are asked about."""

import secrets
from datetime import datetime

from django.db import IntegrityError

from desist.commission.returns import checking
from desist.commission.returns.models import Question, ServiceReturn
from desist.commission.returns.policy import Action
from desist.commission.returns.states import State
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.refusals import Changed, Refused
from desist.returns import definitions, figures, quarters, words
from desist.returns.figures import Figures
from desist.returns.quarters import Quarter
from desist.returns.states import Moved, Why
from desist.ui.words import Override
from desist.wall import audit, clearances, gate, turns
from desist.wall.actors import Actor

RECALLED = "Not sent: its sender recalled this return"
NOT_HERE = "The return that it is about has not arrived yet."
BY_POST = "The return of this quarter came from its sender meanwhile, and counts. Ask them about it instead"
TELEPHONE = "This return was entered by hand: telephone the person who told it"
NOT_BY_HAND = "Its sender alone can recall this return"


def ask(
    *, actor: Actor, ref: str, asked: str, override: Override | None, submission: str, at: datetime
) -> str:
    """Ask the service about a return. The same form sent twice asks once. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.ASK_ABOUT_RETURN, ServiceReturn, ref, at=at) as row:
        if Question.objects.filter(submission=submission).exists():
            return row.ref
        if row.state == State.RECALLED:
            raise Refused(RECALLED)
        if row.entered_by:
            raise Refused(TELEPHONE)
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


def enter(
    *,
    actor: Actor,
    sender: str,
    quarter: Quarter,
    version: str,
    told: Figures,
    told_by: str,
    why: str,
    after: int | None,
    submission: str,
    at: datetime,
) -> str:
    """Enter a return that was told, by hand; it replaces the one entered before, whose number is `after`.

    The same form sent twice enters it once. Raises Refused.
    """
    edition = definitions.edition(version)
    if not told:
        raise Refused(checking.NOTHING)
    for fault in (*checking.faults(told, edition=edition), *checking.small(told, edition=edition)):
        raise Refused(fault.sentence, field=f"{fault.span}.{fault.name}")
    row = ServiceReturn(
        area=actor.area,
        sender=sender,
        thread=secrets.token_urlsafe(16),
        quarter=quarter.first,
        why=why,
        definitions=version,
        counted_at=at,
        figures=list(figures.write(told)),
        days=[],
        arrived_at=at,
        entered_by=actor.who,
        told_by=told_by,
        submission=submission,
    )
    with turns.turn(f"return of {sender}, {quarter.key}, {actor.area}"):
        return _before_the_post(row, actor=actor, after=after, at=at)


def _before_the_post(row: ServiceReturn, *, actor: Actor, after: int | None, at: datetime) -> str:
    try:
        return _enter(row, actor=actor, after=after, at=at)
    except IntegrityError:  # the post takes no turns
        raise Refused(BY_POST) from None


def _enter(row: ServiceReturn, *, actor: Actor, after: int | None, at: datetime) -> str:
    rows = gate.see(actor, Action.ENTER_RETURN, ServiceReturn, at=at)
    if first := rows.filter(submission=row.submission).first():
        return first.ref
    same = rows.filter(sender=row.sender, quarter=row.quarter)
    standing = same.filter(state=State.STANDS).first()
    if standing and not standing.entered_by:
        raise Refused(BY_POST)
    if (standing.number if standing else 0) != after:
        raise Changed
    row.number = same.exclude(entered_by="").count() + 1
    if standing is None:
        with gate.create(actor, Action.ENTER_RETURN, row, at=at):
            return row.ref
    with gate.change(actor, Action.ENTER_RETURN, ServiceReturn, standing.ref, at=at) as before:
        _replace(before, at)
        row.save(force_insert=True)
    return row.ref


def recall(*, actor: Actor, ref: str, why: str, at: datetime) -> str:
    """Delete the numbers of a return that was entered by hand; a second time changes nothing. Raises Refused."""
    with gate.change(actor, Action.RECALL_RETURN, ServiceReturn, ref, at=at) as row:
        if not row.entered_by:
            raise Refused(NOT_BY_HAND)
        if row.state != State.RECALLED:
            _recall(row, why, at)
    return ref


def receive(received: Received) -> None:
    """Keep a return that came; it replaces the one before of its quarter, and one that was entered by hand."""
    told: payloads.ServiceReturn = received.payload
    _check(told, received.sender)
    same = ServiceReturn.objects.filter(sender=received.sender, area=told.area, quarter=told.quarter)
    if same.filter(number=told.number, entered_by="").exists():
        return
    standing = same.filter(state=State.STANDS).select_for_update().first()
    late = standing is not None and not standing.entered_by and standing.number > told.number
    if standing and not late:
        _replace(standing, received.at)
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
        sent_at=received.at,
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
        _recall(row, told.why, received.at)


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


def _replace(row: ServiceReturn, at: datetime) -> None:
    row.state, row.ended_at = State.REPLACED, at
    row.save(update_fields=["state", "ended_at"])


def _recall(row: ServiceReturn, why: str, at: datetime) -> None:
    row.state, row.ended_why, row.ended_at = State.RECALLED, why, at
    row.figures, row.days = [], []
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
        numbers = figures.read(told.figures, known=known)
        figures.read_days(told.days, known=known)
    except (definitions.UnknownEdition, figures.Unreadable) as reason:
        raise CannotHandle(str(reason)) from None
    if partners.zone(partners.find(name=sender)) != edition.side:
        raise CannotHandle("The return is by definitions of another kind of site: ask the sender.")
    if not quarters.is_first(told.quarter) or told.number < 1 or told.moved not in Moved:
        raise CannotHandle("The return names no quarter, no number or no code of the list: ask the sender.")
    if any(checking.faults(numbers, edition=edition)):
        raise CannotHandle("Numbers of the return do not add up: ask the sender.")
    if told.why and told.why not in Why:
        raise CannotHandle("The return says no reason of the list: ask the sender.")
