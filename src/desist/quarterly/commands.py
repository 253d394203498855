"""What can happen to a quarterly return: counted, signed, sent by a second person, recalled; and questions answered."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.quarterly import keeping
from desist.quarterly.kinds import kind
from desist.quarterly.models import Counting
from desist.quarterly.policy import Action
from desist.quarterly.release import Count, leaving
from desist.quarterly.states import OPEN, TRANSITIONS, State
from desist.refusals import Refused
from desist.returns import definitions, words
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter
from desist.returns.states import Moved
from desist.sites import Zone
from desist.ui import dates
from desist.ui.words import Override
from desist.wall import audit, clearances, gate, people, turns
from desist.wall.actors import Actor

NOT_OVER = "Not counted: the quarter is not over. Count it from the day after its last day"
PREPARED = "Not counted: a return of this quarter is being prepared already. Send it, or set it aside"
STANDS = "Not counted: a return of this quarter was sent. Say why it is corrected"
NOTHING_TO_CORRECT = "Not counted: no return of this quarter was sent, so there is nothing to correct"
OTHER_STATE = "Not done: the return is not at this stage any more. Read what it says now"
SAME_PERSON = "Not sent: a second person sends a return, and you signed this one. Ask a colleague"
NO_COMMISSIONER = (
    "Not sent: this commissioner is not in the register of partners. An administrator can add them"
)
READ_AGAIN = (
    "Not sent: another return left since this one was counted, so other numbers may leave now. "
    "Set this one aside, and count the quarter again"
)
ANSWERED = "Not sent: a colleague answered this question"


def count(*, actor: Actor, quarter: Quarter, complete: bool, why: str, submission: str, at: datetime) -> str:
    """Count a quarter as it is known now, and return the reference. The same form twice counts once. Raises Refused."""
    if dates.day_of(at) < keeping.soonest(quarter):
        raise Refused(NOT_OVER)
    of = kind()
    edition = definitions.newest(of.side)
    sent = _rows(actor.area).filter(quarter=quarter.later(-1).first, state=State.SENT).first()
    compared = sent is not None and definitions.is_newest(sent.definitions)
    wanted = (quarter, quarter.later(-1)) if compared else (quarter,)
    found, *before = of.counted(actor, wanted, edition, at)
    moved, moves = _moves(sent, before, edition)
    row = of.new(
        area=actor.area,
        quarter=quarter.first,
        number=1,
        definitions=edition.version,
        why=why,
        complete=complete,
        counts=keeping.write(found),
        moved=moved,
        moves=json.dumps(moves),
        submission=submission,
        counted_by=actor.who,
        counted_at=at,
    )
    row.digest = keeping.digest(row.counts)
    rows = list(_rows(actor.area))
    if made := next((one for one in rows if one.submission == submission), None):
        return made.ref
    row.number = _number(quarter, why, rows)
    _fill(row, rows)
    try:
        _keep(row, actor, at)
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def sign(*, actor: Actor, ref: str, at: datetime) -> str:
    """Sign a return for sending: what was counted never changes. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SIGN_RETURN, kind().model, ref, at=at) as row:
        if row.state == State.SIGNED and row.signed_by == actor.who:
            return ref
        _follow(row, State.SIGNED)
        gate.next_version(row)
        row.signed_by, row.signed_at = actor.who, at
        row.save()
    return ref


def send(*, actor: Actor, ref: str, partner: str, version: int | None, at: datetime) -> str:
    """Send a return that a colleague signed to a commissioner; the one before is replaced. Raises Changed, Refused."""
    in_turn = turns.turn(f"returns of {actor.area}")  # each locks its own return, then all of the area
    with in_turn, gate.change(actor, Action.SEND_RETURN, kind().model, ref, at=at) as row:
        if row.state == State.SENT and row.sent_by == actor.who:
            return ref
        rows = list(_rows(row.area).select_for_update())
        if State.SENT not in TRANSITIONS[State(row.state)]:
            raise Refused(OTHER_STATE)
        if people.are_one_person(row.signed_by, actor.who):
            raise Refused(SAME_PERSON)
        if partner not in {one.name for one in commissioners(area=row.area)}:
            raise Refused(NO_COMMISSIONER, field="partner")
        gate.next_version(row, version)
        if overtaken := _overtaken(row, rows):
            raise Refused(overtaken)
        for one in rows:
            if one.quarter == row.quarter and one.state == State.SENT:
                _end(one, State.REPLACED, row.why, actor, at)
        row.state, row.sent_by, row.sent_at = State.SENT, actor.who, at
        row.partner, row.thread = partner, outbox.new_thread()
        row.save()
        outbox.send(_envelope(row), to=partner, thread=row.thread, at=at, about=str(Quarter(row.quarter)))
    return ref


def set_aside(*, actor: Actor, ref: str, at: datetime) -> str:
    """Set aside a return that was not sent. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SET_RETURN_ASIDE, kind().model, ref, at=at) as row:
        if row.state != State.SET_ASIDE:
            _follow(row, State.SET_ASIDE)
            gate.next_version(row)
            row.ended_by, row.ended_at = actor.who, at
            row.save()
    return ref


def recall(*, actor: Actor, ref: str, why: str, version: int | None, at: datetime) -> str:
    """Recall a return that was sent: the commissioner reads it no longer. Twice changes nothing. Raises Changed, Refused."""
    with gate.change(actor, Action.RECALL_RETURN, kind().model, ref, at=at) as row:
        if row.state == State.RECALLED:
            return ref
        if State.RECALLED not in TRANSITIONS[State(row.state)]:
            raise Refused(OTHER_STATE)
        gate.next_version(row, version)
        _end(row, State.RECALLED, why, actor, at)
        told = payloads.ReturnRecalled(row.quarter, row.number, why, at)
        outbox.send(told, to=row.partner, thread=row.thread, at=at, about=str(Quarter(row.quarter)))
    return ref


def answer(*, actor: Actor, ref: str, said: str, override: Override | None, at: datetime) -> str:
    """Answer a commissioner's question, and return the reference of its return. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.ANSWER_ABOUT_RETURN, kind().questions, ref, at=at) as row:
        if row.answered_at is not None:
            if (row.answered_by, row.answer) != (actor.who, said):
                raise Refused(ANSWERED)
            return str(row.of.ref)
        if words.tells_a_small_number(said, nought=definitions.edition(row.of.definitions).nought):
            raise Refused(words.SAY_IT_WITHOUT, field="words")
        named = audit.row_name(kind().questions, row.ref)
        clearances.hold(named=named, texts={"words": said}, override=override, actor=actor, at=at)
        row.answer, row.answered_by, row.answered_at = said, actor.who, at
        row.save()
        told = payloads.ReturnAnswer(row.token, said, at)
        outbox.send(told, to=row.of.partner, thread=row.of.thread, at=at, about=str(Quarter(row.of.quarter)))
        return str(row.of.ref)


def note_question(received: Received) -> None:
    """Keep a commissioner's question: it is a task of the managers from then on."""
    told: payloads.ReturnQuestion = received.payload
    of = kind()
    known = of.model.objects.filter(thread=received.thread, partner=received.sender).first()
    if known is None:
        raise CannotHandle("The envelope asks about no return of this site: ask the sender.")
    with gate.change(
        received.actor, Action.RECEIVE_RETURN_QUESTION, of.model, known.ref, at=received.at
    ) as row:
        if not of.questions.objects.filter(token=told.question).exists():
            row.questions.create(token=told.question, question=told.words, asked_at=told.asked_at)


def commissioners(*, area: str) -> Sequence[Partner]:
    """Return the commissioners in the register to whom returns of an area go."""
    return tuple(
        Partner.objects.filter(zone=Zone.COMMISSION, ended_at=None, area__in=("", area)).order_by("title")
    )


def _rows(area: str) -> QuerySet[Counting]:
    found: QuerySet[Counting] = kind().model.objects.filter(area=area)
    return found.order_by("pk")


def _keep(row: Counting, actor: Actor, at: datetime) -> None:
    try:
        with gate.create(actor, Action.COUNT_QUARTER, row, at=at):
            pass
    except IntegrityError:  # a colleague counted the same quarter at the same moment
        raise Refused(PREPARED) from None


def _moves(
    sent: Counting | None, now: Sequence[Counted], edition: Edition
) -> tuple[Moved, list[tuple[str, int, int]]]:
    """Compare the quarter before, as it was returned, with what is known `now`: nothing where its definitions were others."""
    if sent is None:
        return Moved.FIRST, []
    if not now:
        return Moved.OTHERWISE, []
    found = keeping.moves(keeping.read(sent.counts), now[0])
    if not found:
        return (Moved.A_FEW if edition.nought else Moved.SAME), []
    leave = frozenset(edition.leaving)  # what stays here is not told of by this word either
    more = any(abs(then - new) >= 10 for name, then, new in found if name in leave)
    return (Moved.MORE if more else Moved.A_FEW), found


def _number(quarter: Quarter, why: str, rows: Sequence[Counting]) -> int:
    """Return the number of the next return of a quarter; raises Refused where there can be none."""
    of_quarter = [one for one in rows if one.quarter == quarter.first]
    if any(one.state in OPEN for one in of_quarter):
        raise Refused(PREPARED)
    stands = any(one.state == State.SENT for one in of_quarter)
    if stands and not why:
        raise Refused(STANDS, field="why")
    left = any(one.sent_at for one in of_quarter)
    if why and not left:
        raise Refused(NOTHING_TO_CORRECT)
    return max((one.number for one in of_quarter), default=0) + 1


def _fill(row: Counting, rows: Sequence[Counting]) -> None:
    """Work out what leaves beside everything that left."""
    plain = keeping.count_of(row)
    over = keeping.added_up(plain, rows)
    new = Count(plain.key, plain.quarter, plain.number, plain.defined, plain.counted, over)
    row.over = " ".join(over)
    row.leaves = keeping.write_leaving(leaving(new, sent=keeping.all_sent(rows)))


def _overtaken(row: Counting, rows: Sequence[Counting]) -> str:
    """Return why a signed return may not leave as it is; empty where it may."""
    before = (row.over, row.leaves)
    _fill(row, [one for one in rows if one.pk != row.pk])
    return READ_AGAIN if (row.over, row.leaves) != before else ""


def _follow(row: Counting, state: State) -> None:
    if state not in TRANSITIONS[State(row.state)]:
        raise Refused(OTHER_STATE)
    row.state = state


def _end(row: Counting, state: State, why: str, actor: Actor, at: datetime) -> None:
    row.state, row.ended_why, row.ended_by, row.ended_at = state, why, actor.who, at
    row.save()


def _envelope(row: Counting) -> payloads.ServiceReturn:
    told = json.loads(row.leaves)
    return payloads.ServiceReturn(
        area=row.area,
        quarter=row.quarter,
        number=row.number,
        why=row.why,
        definitions=row.definitions,
        counted_at=row.counted_at,
        figures=tuple(told["figures"]),
        days=tuple(told["days"]),
        moved=row.moved,
    )
