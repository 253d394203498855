"""What can happen to what a programme asks for its evaluator: counted, signed, sent by a second person, set aside, recalled."""

import json
from datetime import date, datetime
from hashlib import sha256

from desist.extracts import asked as asking
from desist.extracts import police, rows
from desist.extracts.dictionary import SMALLEST_GROUP
from desist.extracts.police import Recorded
from desist.partnership.extracts import making, reading
from desist.partnership.extracts.models import LINES, OutcomeExtract
from desist.partnership.extracts.policy import Action
from desist.partnership.extracts.states import OVER, TRANSITIONS, State
from desist.post import outbox, partners, payloads
from desist.post.agreements import commands as agreements
from desist.post.agreements import queries as register
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.post.models import Agreement
from desist.post.purposes import EVALUATION
from desist.quarterly import commands as quarterly
from desist.refusals import Refused
from desist.returns.states import Why
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate
from desist.wall import people as accounts
from desist.wall.actors import Actor

NOT_HERE = "The question that it is about has not arrived yet."
NO_AGREEMENT = "Not counted: this agreement is not in force, is not for an evaluation, or has no last day. Look in the register of agreements"
TOO_FEW = (
    "Not counted: no 5 people whom you referred are alike in what others could know of them, so nobody may be told of. "
    "Set it aside, and tell the programme"
)
OTHER_STATE = "Not done: the extract is not at this stage any more. Read what it says now"
SAME_PERSON = "Not sent: a second person sends an extract, and you signed this one. Ask a colleague"
NO_COMMISSIONER = (
    "Not sent: the extract is with another commissioner, or the commissioner is not in the register of partners or is no "
    "party of the agreement. Look in the register of agreements"
)
STANDS_OUT = (
    f"Not sent: fewer than {SMALLEST_GROUP} people are alike in these rows, by rules that are newer than their count. "
    "Set them aside, and tell the programme"
)
OVER_NOW = "Not done: the agreement ended on {}, and nobody may open the extract any more. Set this one aside"


def receive(received: Received) -> None:
    """Keep what a programme asks, once every line of it can be read."""
    told: payloads.OutcomesAsked = received.payload
    if partners.zone(partners.find(name=received.sender)) != Zone.PROGRAMME:
        raise CannotHandle("Only a programme asks for its extract: ask the sender.")
    named = (told.agreement, told.evaluator, told.token, told.commission, told.people)
    if not all(named) or told.number < 1:
        raise CannotHandle("The envelope names no agreement, no evaluator or nobody: ask the sender.")
    try:
        asking.read(told.people)
    except rows.Unreadable as reason:
        raise CannotHandle(str(reason)) from None
    if OutcomeExtract.objects.filter(thread=received.thread).exists():
        return
    row = OutcomeExtract(
        area=told.area,
        programme=received.sender,
        thread=received.thread,
        number=told.number,
        token=told.token,
        commission=told.commission,
        title=told.agreement,
        evaluator=told.evaluator,
        until=told.until,
        data_cut=told.data_cut,
        asked_lines="\n".join(told.people),
        asked_people=len(told.people),
        asked_at=received.arrived,
    )
    with gate.create(received.actor, Action.RECEIVE_EXTRACT, row, at=received.at):
        pass


def note_recall(received: Received) -> None:
    """Delete what a programme asked for an extract that it recalls; the evaluator's site hears of it by itself."""
    told: payloads.ExtractRecalled = received.payload
    if told.why not in Why:
        raise CannotHandle("The envelope says no reason of the list: ask the sender.")
    known = OutcomeExtract.objects.filter(thread=received.thread, programme=received.sender).first()
    if known is None:
        raise NotYet(NOT_HERE)
    with gate.change(
        received.actor, Action.RECEIVE_EXTRACT, OutcomeExtract, known.ref, at=received.at
    ) as row:
        if row.state not in OVER:
            gate.next_version(row)
            _end(row, State.WITHDRAWN, why=told.why, by="", at=received.at)


def count(*, actor: Actor, ref: str, agreement: str, version: int | None, at: datetime) -> str:
    """Count what the force recorded, as its records are now. Raises Changed, Refused."""
    with gate.change(actor, Action.COUNT_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.COUNTED and (row.counted_by, row.agreement) == (actor.who, agreement):
            return ref
        _follow(row, State.COUNTED, at)
        last = _agreement(agreement, actor, at)
        gate.next_version(row, version)
        row.agreement, row.edition, row.until = agreement, police.EDITION, min(row.until, last)
        row.counted_by, row.counted_at = actor.who, at
        _fill(row, actor, at)
        row.save()
    return ref


def sign(*, actor: Actor, ref: str, at: datetime) -> str:
    """Sign the rows, and with them the terms of the force's agreement. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SIGN_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.SIGNED and row.signed_by == actor.who:
            return ref
        _follow(row, State.SIGNED, at)
        _agreement(row.agreement, actor, at)
        gate.next_version(row)
        row.signed_by, row.signed_at = actor.who, at
        row.save()
    return ref


def send(*, actor: Actor, ref: str, partner: str, version: int | None, at: datetime) -> str:
    """Send what a colleague signed to a party of the agreement. Raises Changed, Refused."""
    with gate.change(actor, Action.SEND_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.SENT and row.sent_by == actor.who:
            return ref
        _follow(row, State.SENT, at)
        if accounts.are_one_person(row.signed_by, actor.who):
            raise Refused(SAME_PERSON)
        if partner not in dict(receivers(row)):
            raise Refused(NO_COMMISSIONER, field="partner")
        if police.smallest(lines(row)) < SMALLEST_GROUP:
            raise Refused(STANDS_OUT)
        today = dates.day_of(at)
        agreements.covers(ref=row.agreement, area=row.area, partner=partner, purpose=EVALUATION, on=today)
        gate.next_version(row, version)
        row.sent_by, row.sent_at = actor.who, at
        row.partner, row.onward, row.asked_lines = partner, outbox.new_thread(), ""
        row.save()
        outbox.send(_envelope(row), to=partner, thread=row.onward, at=at, about=_about(row))
    return ref


def set_aside(*, actor: Actor, ref: str, at: datetime) -> str:
    """Set aside what was not sent; its rows go. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SET_EXTRACT_ASIDE, OutcomeExtract, ref, at=at) as row:
        if row.state != State.SET_ASIDE:
            _may_follow(row, State.SET_ASIDE)
            gate.next_version(row)
            _end(row, State.SET_ASIDE, why="", by=actor.who, at=at)
    return ref


def recall(*, actor: Actor, ref: str, why: str, version: int | None, at: datetime) -> str:
    """Recall what was sent: it is deleted there, and its rows go here. Twice changes nothing. Raises Changed, Refused."""
    with gate.change(actor, Action.RECALL_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.RECALLED:
            return ref
        _may_follow(row, State.RECALLED)
        gate.next_version(row, version)
        _end(row, State.RECALLED, why=why, by=actor.who, at=at)
        told = payloads.ExtractRecalled(row.number, why, at)
        outbox.send(told, to=row.partner, thread=row.onward, at=at, about=_about(row))
    return ref


def empty(*, actor: Actor, ref: str, at: datetime) -> None:
    """Delete, for the clock, the rows of an extract that nobody may open any more."""
    with gate.change(actor, Action.EMPTY_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.until < dates.day_of(at):
            _empty(row)
            row.save()


def receivers(row: OutcomeExtract) -> tuple[tuple[str, str], ...]:
    """Return the commissioner to whose evaluator the extract went, as a choice, if a party of the force's agreement."""
    terms = Agreement.objects.filter(ref=row.agreement).first()
    known = quarterly.commissioners(area=row.area) if terms else ()
    return tuple(
        (one.name, one.title) for one in known if terms and one.name in {*terms.parties} & {row.commission}
    )


def lines(row: OutcomeExtract) -> Recorded:
    """Return the rows that cross."""
    texts = (row.people_lines, row.recorded_lines, row.order_lines)
    return Recorded(*(tuple(text.split("\n")) if text else () for text in texts))


def _fill(row: OutcomeExtract, actor: Actor, at: datetime) -> None:
    """Read the records; what the other side would refuse is not even kept."""
    asked = asking.read(tuple(row.asked_lines.split("\n")))
    known = reading.known(asked, actor=actor, programme=row.programme, at=at)
    found, left_out = making.make(asked, known, today=dates.day_of(at))
    if not found.people:
        raise Refused(TOO_FEW)
    police.check(found)
    police.check_first(found, {one.person: one.first for one in asked if one.first})
    row.people, row.smallest, row.left_out = len(found.people), police.smallest(found), json.dumps(left_out)
    texts = ["\n".join(found.of[one.name]) for one in police.FILES]
    row.people_lines, row.recorded_lines, row.order_lines = texts
    row.digest = sha256("\0".join(texts).encode()).hexdigest()


def _agreement(ref: str, actor: Actor, at: datetime) -> date:
    """Return the last day of an agreement that covers an evaluation today. Raises Refused."""
    row = Agreement.objects.filter(ref=ref, area=actor.area).first()
    if row is None or EVALUATION not in register.purposes(ref=ref, at=at) or row.ends_on is None:
        raise Refused(NO_AGREEMENT)
    return row.ends_on


def _follow(row: OutcomeExtract, state: State, at: datetime) -> None:
    _may_follow(row, state)
    if row.until < dates.day_of(at):
        raise Refused(OVER_NOW.format(dates.on(row.until)))
    row.state = state


def _may_follow(row: OutcomeExtract, state: State) -> None:
    if state not in TRANSITIONS[State(row.state)]:
        raise Refused(OTHER_STATE)


def _end(row: OutcomeExtract, state: State, *, why: str, by: str, at: datetime) -> None:
    row.state, row.ended_why, row.ended_by, row.ended_at = state, why, by, at
    _empty(row)
    row.save()


def _empty(row: OutcomeExtract) -> None:
    for name in LINES:
        setattr(row, name, "")


def _about(row: OutcomeExtract) -> str:
    return f"What the police recorded for extract {row.number} of {partners.title(name=row.programme)}"


def _envelope(row: OutcomeExtract) -> payloads.PoliceOutcomes:
    terms, found = Agreement.objects.get(ref=row.agreement), lines(row)
    return payloads.PoliceOutcomes(
        area=row.area,
        number=row.number,
        token=row.token,
        agreement=terms.title,
        evaluator=row.evaluator,
        until=min(row.until, date.fromisoformat(register.last_day(ref=row.agreement))),
        edition=row.edition,
        left_out=tuple(f"{code} {number}" for code, number in json.loads(row.left_out).items()),
        people=found.people,
        recorded=found.recorded,
        orders=found.orders,
    )
