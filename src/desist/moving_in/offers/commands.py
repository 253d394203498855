"""Offering a person to a service elsewhere, and answering what another service offers.

The record goes as the tables of a caseload that moves in, with one person, and moves in where it is accepted. Until an
acceptance arrives the sender works with the person. Withdrawals and acceptances may cross: the receiver decides which
came first, so an acceptance always counts, and a withdrawal that comes before it makes one impossible.
"""

import importlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Model

from desist.accounts.models import RoleGrant
from desist.moving_in import commands as moving
from desist.moving_in.offers import packing
from desist.moving_in.offers.models import Offer
from desist.moving_in.offers.packing import Record
from desist.moving_in.offers.policy import Action
from desist.moving_in.offers.states import TRANSITIONS, State
from desist.moving_in.states import State as MoveState
from desist.moving_in.tables import Person, Reading
from desist.post import doors, locked, outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui import dates
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor, Role

OFFERED, ANSWER = "offer.sealed", "offer.words"
OVER = "The offer has been answered or withdrawn since: {state}"
LATE = "The offer lapsed on {day}. Telephone {service}, who can offer the person again"
BY_TELEPHONE = "{service} has no Desist: print what it needs, hand it over, and end the case here"
NOBODY = (
    "Nobody at this site works in the area “{area}”. Telephone us for its name, and offer the person again."
)


@dataclass(frozen=True)
class Kind:
    """What a zone offers: its tables, and what becomes of a person who leaves or arrives."""

    model: type[Offer]
    new: Callable[..., Offer]
    #: the model of a case, and the field of an offer that names it
    case: type[Model]
    field: str
    #: the route of a case
    route: str
    caseload: moving.Kind
    #: the word for a case, and what its row of the first table holds
    whom: str
    first: str
    #: who of a site receives offers
    manager: Role
    #: what the page says does not go along
    stays: str
    #: whether a person is offered with their agreement alone
    agreed: bool
    #: whether the words of the record are read again before they leave
    reads: bool
    #: the record of a case; whether its files go along
    record: Callable[[Any, bool], Record]
    #: the number of its files
    papers: Callable[[Any], int]
    #: raise Refused where a case cannot be offered, or where the words of an offer may not leave
    check: Callable[[Any, Actor, str, datetime], None]
    lock: Callable[[Any, str, str, str], bytes]
    unlock: Callable[[Any, str, str, bytes], str]
    #: answer another service's offer: who, of what, how and when
    answer: Callable[[Actor, str, "Reply", datetime], None]


@dataclass(frozen=True)
class Said:
    """The receiving service, its area, whom it can telephone here, why, whether files go along, and until when."""

    to: str
    area: str
    contact: str
    reason: str
    files: bool
    answer_by: date
    agreed_on: date | None = None
    agreed_how: str = ""


def of_zone() -> Kind:
    """What this zone offers: settings.DESIST_OFFERS names it."""
    module, _, name = settings.DESIST_OFFERS[Zone(settings.DESIST_ZONE)].rpartition(".")
    found: Kind = getattr(importlib.import_module(module), name)
    return found


def offer(
    kind: Kind,
    *,
    actor: Actor,
    ref: str,
    said: Said,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> None:
    """Offer a person to another service. They stay here until it accepts. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.OFFER_CASE, kind.case, ref, at=at) as case:
        if _offers(kind).filter(submission=submission).exists():
            return
        if partners.is_by_hand(name=said.to):
            raise Refused(BY_TELEPHONE.format(service=partners.title(name=said.to)), field="to")
        if kind.agreed and not (said.agreed_on and said.agreed_how):
            raise Refused("Not offered: ask them first, and say when and how they agreed", field="agreed_on")
        kind.check(case, actor, said.reason, at)
        _refuse_second(kind, case, actor, at)
        record = kind.record(case, said.files)
        texts = {"reason": said.reason, **(packing.texts(kind.caseload.sheets, record) if kind.reads else {})}
        named = audit.row_name(kind.case, ref)
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
        row = kind.new(
            area=actor.area,
            partner=said.to,
            thread=outbox.new_thread(),
            agreed_on=said.agreed_on,
            agreed_how=said.agreed_how,
            answer_by=said.answer_by,
            offered_by=actor.who,
            offered_at=at,
            submission=submission,
            **{kind.field: case},
        )
        row.sealed = kind.lock(case, OFFERED, row.ref, json.dumps([said.reason, said.contact]))
        row.save(force_insert=True)
        outbox.send(_payload(kind, record, said, at), to=row.partner, thread=row.thread, at=at, case=ref)


def withdraw(kind: Kind, *, actor: Actor, ref: str, at: datetime) -> str:
    """Withdraw an offer made here that nobody has answered; return the case's reference."""
    with gate.change(actor, Action.SETTLE_OFFER, kind.model, ref, at=at) as row:
        case = str(getattr(row, kind.field).ref)
        if row.state != State.WITHDRAWN:
            _settle(row, State.WITHDRAWN, by=actor.who, at=at)
            told = payloads.CaseOfferWithdrawn(area=row.area, withdrawn_at=at)
            outbox.send(told, to=row.partner, thread=row.thread, at=at, case=case)
        return case


def receive(received: Received) -> None:
    """Keep another service's offer until a manager answers it; one for an area that nobody works in is refused at once."""
    kind, told = of_zone(), cast("payloads.CaseOffer", received.payload)
    if _offers(kind).filter(thread=received.thread, partner=received.sender).exists():
        return  # withdrawn before it arrived
    at_work = RoleGrant.objects.filter(area=told.area, role=kind.manager, ended_at=None).exists()
    row = _incoming(kind, received, told.area)
    row.answer_by, row.agreed_how = told.answer_by, told.agreed_how
    row.agreed_on = _day(told.agreed_on)
    if at_work:
        text = json.dumps([told.VERSION, doors.to_json(told)], ensure_ascii=False)
        row.sealed = locked.lock(place=OFFERED, row=row.ref, text=text)
    else:
        row.state, row.answered_by, row.answered_at = State.REFUSED, received.actor.who, received.at
    with gate.create(received.actor, Action.RECEIVE_OFFER, row, at=received.at):
        if not at_work:
            sent = payloads.CaseOfferAnswer(
                answer=State.REFUSED.value,
                words=NOBODY.format(area=told.area),
                answered_at=received.at,
            )
            outbox.send(sent, to=row.partner, thread=row.thread, at=received.at)


def note_withdrawal(received: Received) -> None:
    """Another service withdraws its offer, perhaps before it arrives. A person who was taken over stays here."""
    kind, told = of_zone(), cast("payloads.CaseOfferWithdrawn", received.payload)
    known = _offers(kind).filter(thread=received.thread, partner=received.sender, incoming=True).first()
    if known is None:
        row = _incoming(kind, received, told.area)
        row.state, row.answered_by, row.answered_at = State.WITHDRAWN, received.actor.who, received.at
        with gate.create(received.actor, Action.RECEIVE_OFFER, row, at=received.at):
            return
    with gate.change(received.actor, Action.RECEIVE_OFFER, kind.model, known.ref, at=received.at) as row:
        if row.state == State.OFFERED:
            row.sealed = b""
            _settle(row, State.WITHDRAWN, by=received.actor.who, at=received.at)


@contextmanager
def answered_there(kind: Kind, received: Received) -> Iterator[tuple[Any, Any] | None]:
    """Take another service's answer: the block gets the case, locked, and the offer where the person was taken over.

    An answer that comes twice changes nothing. Raises CannotHandle.
    """
    told = cast("payloads.CaseOfferAnswer", received.payload)
    known = _offers(kind).filter(thread=received.thread, partner=received.sender, incoming=False).first()
    if known is None or told.answer not in {State.ACCEPTED, State.REFUSED}:
        raise CannotHandle("The envelope answers no offer of this site: ask the sender.")
    with gate.change(received.actor, Action.RECEIVE_OFFER, kind.model, known.ref, at=received.at) as row:
        after = State(told.answer)
        if after not in TRANSITIONS[State(row.state)]:
            yield None
            return
        case = kind.case._default_manager.select_for_update(of=("self",)).get(pk=getattr(row, kind.field).pk)
        row.words = kind.lock(case, ANSWER, row.ref, told.words) if told.words else b""
        _settle(row, after, by=received.actor.who, at=received.at)
        yield (case, row) if after is State.ACCEPTED else None


@dataclass(frozen=True)
class Reply:
    """The answer to another service's offer, of a version of it, and why its words may stay."""

    answer: str
    words: str
    version: int | None
    override: Override | None = None


@contextmanager
def answering_here(
    kind: Kind, *, actor: Actor, ref: str, reply: Reply, at: datetime
) -> Iterator[tuple[Any, Person, Reading] | None]:
    """Take an offered person over, or refuse with words: the block brings the person in, as they are told. Raises Refused.

    It gets None where there is nobody to bring in.
    """
    with gate.change(actor, Action.ANSWER_OFFER, kind.model, ref, at=at) as row:
        if row.state == reply.answer:
            yield None
            return
        if row.lapsed(dates.day_of(at)):
            service, day = partners.title(name=row.partner), dates.on(cast("date", row.answer_by))
            raise Refused(LATE.format(day=day, service=service))
        told, words = offered(row), {"words": reply.words}
        named = audit.row_name(kind.model, ref)
        clearances.hold(named=named, texts=words, override=reply.override, actor=actor, at=at)
        gate.next_version(row, reply.version)
        accepted = reply.answer == State.ACCEPTED
        yield (row, *packing.opened(kind.caseload.sheets, told, at)) if accepted else None
        row.sealed = b""
        row.words = locked.lock(place=ANSWER, row=ref, text=reply.words)
        _settle(row, State(reply.answer), by=actor.who, at=at)
        sent = payloads.CaseOfferAnswer(answer=reply.answer, words=reply.words, answered_at=at)
        outbox.send(sent, to=row.partner, thread=row.thread, at=at, case=_case(kind, row))


def offered(row: Offer) -> payloads.CaseOffer:
    """What another service offers. Raises Refused once it was answered or withdrawn."""
    if not row.sealed:
        raise Refused(OVER.format(state=State(row.state).label.lower()))
    version, values = json.loads(locked.unlock(place=OFFERED, row=row.ref, sealed=row.sealed))
    return cast("payloads.CaseOffer", doors.from_json(payloads.CaseOffer.KIND, version, values))


def arrived(
    kind: Kind, row: Offer, *, person: Person, reading: Reading, by: str, at: datetime
) -> tuple[Any, Mapping[str, int]]:
    """Bring a person in as an import of one; return the import, and the number of rows of each table."""
    move = kind.caseload.new(
        area=row.area,
        state=MoveState.BROUGHT,
        total=1,
        done=1,
        tables=b"",
        submission=f"{moving.FROM_OFFER}{row.ref}",
        started_by=by,
        started_at=at,
        brought_by=by,
        brought_at=at,
    )
    move.save(force_insert=True)
    move.counts = dict(kind.caseload.keep(move, [person], reading, at))
    move.save(update_fields=["counts"])
    return move, move.counts


def told_here(kind: Kind, row: Offer) -> tuple[str, str]:
    """Why an offer made here was made, and whom the other service can telephone."""
    case = getattr(row, kind.field)
    reason, contact = json.loads(kind.unlock(case, OFFERED, row.ref, bytes(row.sealed)) or '["", ""]')
    return reason, contact


def answered(kind: Kind, row: Offer) -> str:
    """The words of the answer."""
    if not row.words:
        return ""
    if row.incoming:
        return locked.unlock(place=ANSWER, row=row.ref, sealed=row.words)
    return kind.unlock(getattr(row, kind.field), ANSWER, row.ref, bytes(row.words))


def _payload(kind: Kind, record: Record, said: Said, at: datetime) -> payloads.CaseOffer:
    """The offer, once it was read here as the receiver will read it. Raises Refused."""
    packed = b64encode(packing.packed(kind.caseload.sheets, record)).decode()
    told = payloads.CaseOffer(
        area=said.area,
        given_names=record.given_names,
        family_name=record.family_name,
        contact=said.contact,
        reason=said.reason,
        agreed_on=said.agreed_on.isoformat() if said.agreed_on else "",
        agreed_how=said.agreed_how,
        answer_by=said.answer_by,
        tables=tuple(packed[start : start + packing.PART] for start in range(0, len(packed), packing.PART)),
        offered_at=at,
    )
    packing.opened(kind.caseload.sheets, told, at, packing.NOT_WRITTEN)
    return told


def _refuse_second(kind: Kind, case: Model, actor: Actor, at: datetime) -> None:
    """Refuse an offer beside one that stands; one that lapsed makes room for the next."""
    for row in (
        _offers(kind).select_for_update(of=("self",)).filter(**{kind.field: case}, state=State.OFFERED)
    ):
        if not row.lapsed(dates.day_of(at)):
            service = partners.title(name=row.partner)
            raise Refused(f"They are offered to {service} already: withdraw that offer first")
        _settle(row, State.LAPSED, by=actor.who, at=at)


def _settle(row: Offer, after: State, *, by: str, at: datetime) -> None:
    if after not in TRANSITIONS[State(row.state)]:
        raise Refused(OVER.format(state=State(row.state).label.lower()))
    row.state, row.answered_by, row.answered_at = after, by, at
    row.save()


def _offers(kind: Kind) -> Any:  # noqa: ANN401 -- each zone's own rows
    return kind.model._default_manager.all()


def _case(kind: Kind, row: Offer) -> str:
    case = getattr(row, kind.field)
    return str(case.ref) if case else ""


def _incoming(kind: Kind, received: Received, area: str) -> Offer:
    return kind.new(
        area=area,
        incoming=True,
        partner=received.sender,
        thread=received.thread,
        offered_by=received.actor.who,
        offered_at=received.at,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the sender.") from None
