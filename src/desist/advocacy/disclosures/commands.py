"""Everything that can happen to a disclosure about a client. Nothing leaves without two people, and their choice or a life at stake."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from desist.advocacy.disclosures import leaks
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.disclosures.policy import Action
from desist.advocacy.disclosures.states import RECIPIENTS, TOLD, TRANSITIONS, Event, State
from desist.advocacy.disclosures.texts import FIELD, Words
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action as VictimsAction
from desist.disclosure.codes import Basis, Purpose, Recall, Refusal
from desist.disclosure.copies import Content, Footing
from desist.post import approvals, disclosures, outbox
from desist.post.agreements import commands as agreements
from desist.post.handlers import CannotHandle, Received
from desist.references import reference
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor

PEOPLE = 2
ONLY_FOR_A_LIFE = (
    "Without their choice only the police can be told, on the basis of an emergency, to keep someone safe"
)
#: the most clients whose records are compared with a text's phrases
OTHERS = 40


class NothingToRecall(Refused):
    """A disclosure was not sent, or has ended. The clock, which takes back many, goes on with the others."""


class UnknownThread(Exception):
    """An envelope is about a client unknown to this site."""


@dataclass(frozen=True)
class Told:
    """The kind of fact and the side that would be told: the question to the choice log.

    `without` is why it is told to save a life without the client's choice; "" where their choice allows it.
    """

    what: What
    recipient: Whom
    without: str = ""


def start(
    *,
    actor: Actor,
    victim: str,
    told: Told,
    content: Content,
    footing: Footing,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Begin a draft and return its reference. A form that was sent twice makes one draft.

    Raises Refused and HoldsLocator.
    """
    with gate.change(actor, Action.WRITE_DISCLOSURE, Victim, victim, at=at) as client:
        if earlier := client.disclosures.filter(submission=submission).first():
            return earlier.ref
        if not client.thread:
            raise Refused(
                "No police force knows this client through Desist: tell them by telephone, and record it"
            )
        row = Disclosure(
            ref=reference(),
            victim=client,
            to=client.partner,
            submission=submission,
            started_by=actor.who,
            started_at=at,
        )
        _put(row, told, content, footing, why)
        _check(row, actor, at)
        row.save(force_insert=True)
        return row.ref


def write(
    *,
    actor: Actor,
    ref: str,
    told: Told,
    content: Content,
    footing: Footing,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Rewrite a draft. Every approval of the earlier version ends."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        approvals.void(offer(row), to=row.to, case=row.victim.ref, at=at)
        _put(row, told, content, footing, why)
        _check(row, actor, at)
        row.save()


def approve(*, actor: Actor, ref: str, version: int | None, at: datetime) -> bool:
    """Approve exactly what a draft says; with the second person's approval it is sent. Returns whether it was.

    The choice, the agreement and the words are checked again. Raises the errors of `start`.
    """
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        _check(row, actor, at)
        payload, case = offer(row), row.victim.ref
        approvals.record(payload, actor=actor, to=row.to, case=case, until=at + approvals.HOLDS, at=at)
        if approvals.standing(payload, to=row.to, case=case, at=at) < PEOPLE:
            return False
        outbox.send(
            payload, to=row.to, thread=row.victim.thread or "", at=at, case=case, about=row.victim.called
        )
        row.state, row.sent_at = State.SENT, at
        row.save()
        return True


def drop(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Drop a draft. It is never sent, and its approvals end."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        with suppress(boxes.Shredded):  # a draft that cannot be read any more cannot be sent
            approvals.void(offer(row), to=row.to, case=row.victim.ref, at=at)
        _close(row, State.DROPPED, "", actor, at)


def recall(*, actor: Actor, ref: str, reason: Recall, at: datetime) -> None:
    """Ask the police, and through them the programme, to stop using a disclosure."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        _recall(row, reason, actor, at)


def take_back(*, actor: Actor, at: datetime) -> int:
    """Take back offers that were not passed on before the client's choice ended; returns how many."""
    rows = gate.see(actor, Action.TAKE_BACK_DISCLOSURE, Disclosure, at=at)
    waiting = rows.filter(state__in=[State.SENT, State.RECEIVED], recipient=Whom.PROGRAMME)
    ended = [row.ref for row in waiting.select_related("victim") if not chosen(row, at)]
    for ref in ended:
        # An offer that was refused meanwhile need not be taken back.
        with (
            suppress(NothingToRecall),
            gate.change(actor, Action.TAKE_BACK_DISCLOSURE, Disclosure, ref, at=at) as row,
        ):
            _recall(row, Recall.STOP, actor, at)
    return len(ended)


def note_receipt(received: Received) -> None:
    """Record the police's receipt for a disclosure."""
    receipt: disclosures.DisclosureReceipt = received.payload
    if receipt.event not in Event.values:
        raise CannotHandle("The event of this receipt is in no list here.")
    ref = _of_token(received, receipt.disclosure)
    with gate.change(received.actor, Action.NOTE_DISCLOSURE, Disclosure, ref, at=received.at) as row:
        if receipt.event == Event.STOPPED:
            row.stopped_at = row.stopped_at or receipt.at
        elif receipt.fingerprint != content(row).fingerprint:
            raise CannotHandle("The police received something else than was sent: telephone them now.")
        else:
            _reached(row, Event(receipt.event), receipt.at)
        gate.next_version(row)
        row.save()


def note_refusal(received: Received) -> None:
    """Record that the police refuse to pass a disclosure on."""
    told: disclosures.DisclosureRefused = received.payload
    ref = _of_token(received, told.subject)
    with gate.change(received.actor, Action.NOTE_DISCLOSURE, Disclosure, ref, at=received.at) as row:
        if State.REFUSED in TRANSITIONS[State(row.state)]:
            gate.next_version(row)
            reason = told.reason if told.reason in Refusal.values else ""
            _close(row, State.REFUSED, reason, received.actor, told.decided_at)


def content(row: Disclosure, box: Box | None = None) -> Content:
    """The exact copy of a row."""
    names = set(Content.__dataclass_fields__) - {"words"}
    return Content(words=words(row, box).words, **{name: getattr(row, name) for name in names})


def words(row: Disclosure, box: Box | None = None) -> Words:
    """Return a row's locked words. `box` is the client's, if it is open already. Raises boxes.Shredded."""
    return boxes.unlock(box or vault.box(person=row.victim.ref), FIELD, row.ref, row.words, Words)


def offer(row: Disclosure, box: Box | None = None) -> disclosures.DisclosureOffer:
    """The offer that is sent to the police: exactly what was approved."""
    said = words(row, box)
    return disclosures.DisclosureOffer(
        disclosure=row.token,
        recipient=row.recipient,
        necessity=said.necessity,
        proportionality=said.proportionality,
        **content(row, box).crossing,  # type: ignore[arg-type]  # the fields of Content
    )


def given(row: Disclosure, box: Box | None = None) -> tuple[approvals.Given, ...]:
    """Every approval of the row's present words; none once the client's key was destroyed."""
    try:
        return approvals.given(offer(row, box), to=row.to, case=row.victim.ref)
    except boxes.Shredded:
        return ()


def chosen(row: Disclosure, at: datetime) -> bool:
    """Whether the client's choice covers the disclosure at a moment."""
    return safety.may_be_told(
        victim=row.victim, what=What(row.what), whom=Whom(row.recipient), on=dates.day_of(at)
    )


def _put(row: Disclosure, told: Told, said: Content, footing: Footing, why: FalseAlarm | None) -> None:
    row.what, row.recipient, row.to_save_a_life = told.what, told.recipient, bool(told.without)
    row.nature, row.as_of, row.purpose = said.nature, said.as_of, said.purpose
    row.may_be_raised, row.told_on = said.may_be_raised, said.told_on
    row.basis, row.agreement = footing.basis, footing.agreement
    kept = Words(
        said.words, footing.necessity, footing.proportionality, why.value if why else "", told.without
    )
    row.words = boxes.lock(vault.box(person=row.victim.ref), FIELD, row.ref, kept)


def _check(row: Disclosure, actor: Actor, at: datetime) -> None:
    """Check the rules for a disclosure: when it is written, at each approval and when it is sent."""
    if row.recipient not in RECIPIENTS or row.what not in TOLD:
        raise Refused("Desist never passes this on: contact details of clients stay here")
    if row.to_save_a_life:
        _refuse_but_for_a_life(row)
    elif not chosen(row, at):
        what, whom = What(row.what).label.lower(), Whom(row.recipient).label.lower()
        raise Refused(
            f"The client’s choices do not allow this to be told now ({what}, to {whom}). Ask them, and record their choice"
        )
    if row.told_on is not None and row.told_on > dates.day_of(at):
        raise Refused("The day on which the police told the person is in the future: it cannot be raised yet")
    if row.basis == Basis.AGREEMENT:
        agreements.covers(
            ref=row.agreement, area=row.victim.area, partner=row.to, purpose=row.purpose, on=dates.day_of(at)
        )
    said, box = words(row), vault.box(person=row.victim.ref)
    told = {name: getattr(said, name) for name in ("words", "necessity", "proportionality")}
    why = FalseAlarm(said.why) if said.why else None
    named = audit.row_name(Disclosure, row.ref)
    vault.check_crossing(actor=actor, victim=row.victim, named=named, texts=told, at=at, of=box, why=why)
    others = gate.see(actor, VictimsAction.SEE_VICTIMS, Victim, at=at).exclude(pk=row.victim_id)
    leaks.check(
        victim=row.victim, box=box, told=told.values(), others=others.order_by("-received_at")[:OTHERS]
    )


def _refuse_but_for_a_life(row: Disclosure) -> None:
    """Without the client's choice the police alone are told, in an emergency, for the sake of safety."""
    if (row.recipient, row.basis, row.purpose) != (Whom.POLICE, Basis.EMERGENCY, Purpose.SAFETY):
        raise Refused(ONLY_FOR_A_LIFE)


def _reached(row: Disclosure, event: Event, at: datetime) -> None:
    """Apply a receipt. Receipts can arrive in any order: "passed on" may come before "arrived"."""
    target = State.PASSED_ON if event is Event.RELEASED else State.RECEIVED
    row.received_at = row.received_at or at
    if event is Event.RELEASED:
        row.passed_on_at = row.passed_on_at or at
    if target in TRANSITIONS[State(row.state)]:
        row.state = target


def _recall(row: Disclosure, reason: Recall, actor: Actor, at: datetime) -> None:
    if State.RECALLED not in TRANSITIONS[State(row.state)]:
        raise NothingToRecall(
            "Only what was sent to the police, and went on from there or may still, can be recalled"
        )
    gate.next_version(row)
    _close(row, State.RECALLED, reason, actor, at)
    asked = disclosures.DisclosureRecall(disclosure=row.token, reason=reason.value, recalled_at=at)
    outbox.send(
        asked, to=row.to, thread=row.victim.thread or "", at=at, case=row.victim.ref, about=row.victim.called
    )


def _close(row: Disclosure, state: State, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.reason = state, reason
    row.closed_by, row.closed_at = actor.who, at
    row.save()


def _of_token(received: Received, token: str) -> str:
    rows = Disclosure.objects.filter(token=token, to=received.sender, victim__thread=received.thread)
    ref = rows.values_list("ref", flat=True).first()
    if ref is None:
        raise UnknownThread(received.sender)
    return ref
