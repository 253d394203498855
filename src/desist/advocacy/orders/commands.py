"""What the police tell of a client's order, and the advocate's answers about its words."""

from datetime import date, datetime

from desist.advocacy.orders.models import ClearanceAsked, ClientOrder
from desist.advocacy.orders.policy import Action
from desist.advocacy.orders.states import TRANSITIONS, Answer, Standing
from desist.advocacy.orders.texts import ASKED, CONDITIONS, Words
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import State as Pair
from desist.advocacy.police import commands as police
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.references import reference
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor


def hear(received: Received) -> None:
    """Keep the newest notice of the police about an order. An older notice that arrives later changes nothing.

    A notice that was on its way when the client ended the exchange is not kept.
    """
    told: payloads.OrderForClient = received.payload
    victim = police.of_thread(received)
    if _ended(victim):
        return
    if told.standing not in Standing.values:
        raise CannotHandle("How this order stands is a code that is in no list here: ring the sender.")
    known = ClientOrder.objects.filter(victim=victim, token=told.order).first()
    if known is None:
        row = _say(ClientOrder(victim=victim, token=told.order, ref=reference()), told)
        with gate.create(received.actor, Action.RECEIVE_ORDER, row, at=received.at):
            pass
        return
    with gate.change(received.actor, Action.RECEIVE_ORDER, ClientOrder, known.ref, at=received.at) as row:
        if row.told_at < told.told_at:
            _say(row, told).save()


def hear_question(received: Received) -> None:
    """Keep a question of the police whether words may be said. They wait, locked, for the client's advocate."""
    asked: payloads.ClearanceRequest = received.payload
    victim = police.of_thread(received)
    if _ended(victim) or ClearanceAsked.objects.filter(token=asked.clearance).exists():
        return
    row = ClearanceAsked(
        ref=reference(),
        victim=victim,
        token=asked.clearance,
        asked_at=asked.asked_at,
        answer_by=asked.answer_by,
    )
    row.words = _locked(victim, ASKED, row.ref, asked.words)
    with gate.create(received.actor, Action.RECEIVE_ORDER, row, at=received.at):
        pass


def answer(*, actor: Actor, ref: str, answer: Answer, at: datetime) -> None:
    """Tell the police whether the words may be said, and empty the words here. Raises Refused."""
    with gate.change(actor, Action.ANSWER_CLEARANCE, ClearanceAsked, ref, at=at) as row:
        victim = row.victim
        if answer not in TRANSITIONS[row.answer] or _ended(victim):
            raise Refused("This was answered already, or your client wants to hear no more of it")
        row.answer, row.answered_by, row.answered_at = answer, actor.who, at
        row.words = _locked(victim, ASKED, row.ref, ())
        row.save()
        said = payloads.ClearanceAnswer(clearance=row.token, answer=answer, answered_at=at)
        outbox.send(
            said, to=victim.partner, thread=victim.thread or "", at=at, case=victim.ref, about=victim.called
        )


def _ended(victim: Victim) -> bool:
    return PairAsked.objects.filter(victim=victim, state=Pair.ENDED).exists()


def _say(row: ClientOrder, told: payloads.OrderForClient) -> ClientOrder:
    row.kind, row.standing, row.made_on = told.kind, told.standing, told.made_on
    row.served_on, row.ends_on = _day(told.served_on), _day(told.ends_on)
    row.words = _locked(row.victim, CONDITIONS, row.ref, told.conditions)
    row.waiting, row.told_at, row.subjects = told.waiting, told.told_at, list(told.subjects)
    return row


def _locked(victim: Victim, field: str, ref: str, texts: tuple[str, ...]) -> bytes:
    """Lock words with the client's key. Once that key is destroyed, nothing is kept."""
    try:
        box = vault.box(person=victim.ref)
    except boxes.Shredded:
        return b""
    return boxes.lock(box, field, ref, Words(list(texts)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in this notice is not a date: ring the sender.") from None
