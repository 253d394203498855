"""How the police side handles envelopes about disclosures. They can arrive in any order: each checks what is there."""

from dataclasses import asdict
from datetime import date

from desist.disclosure.codes import Purpose, Recall
from desist.disclosure.copies import Content
from desist.partnership.disclosures import commands
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.disclosures.policy import Action
from desist.partnership.disclosures.states import State
from desist.partnership.pairs import commands as pairs
from desist.partnership.referrals import commands as referrals
from desist.partnership.referrals.models import Referral
from desist.post import approvals, disclosures
from desist.post.handlers import CannotHandle, Received
from desist.wall import gate

#: the recipients for which an advocacy service may offer something here
POLICE, PROGRAMME = "police", "programme"
RECEIVED, STOPPED = "received", "stopped"


def receive_request(received: Received) -> None:
    """Keep a request of the programme."""
    asked: disclosures.DisclosureRequest = received.payload
    about = gate.open(
        received.actor, Action.RECEIVE_REQUEST, Referral, referrals.of_thread(received), at=received.at
    ).get()
    if about.disclosure_requests.filter(token=asked.request).exists():
        return
    if asked.purpose not in Purpose.values:
        raise CannotHandle("The purpose of this request is in no list here.")
    row = DisclosureRequest(
        referral=about,
        area=about.area,
        token=asked.request,
        purpose=asked.purpose,
        question=asked.question,
        necessity=asked.necessity,
        needed_by=day(asked.needed_by),
        asked_at=asked.asked_at,
        received_at=received.at,
    )
    with gate.create(received.actor, Action.RECEIVE_REQUEST, row, at=received.at):
        pass


def receive_offer(received: Received) -> None:
    """Keep what an advocacy service offers: for the police, or to be passed on once an officer here decides so too."""
    told: disclosures.DisclosureOffer = received.payload
    side = pairs.of_thread(received)
    if told.recipient not in {POLICE, PROGRAMME}:
        raise CannotHandle("The recipient of this offer is in no list here.")
    row = Disclosure(
        referral=pairs.person_of(side=side),
        service=received.sender,
        thread=received.thread,
        side=side.ref,
        area=side.area,
        state=State.HERE if told.recipient == POLICE else State.OFFERED,
        offer=told.disclosure,
        offered_because=told.necessity,
        offered_no_more=told.proportionality,
        started_by=received.actor.who,
        started_at=received.at,
        **asdict(_content(told)),
    )
    with gate.create(received.actor, Action.RECEIVE_OFFER, row, at=received.at):
        if row.state == State.OFFERED and row.referral is not None:
            approvals.record(
                commands.copy(row),
                actor=received.actor,
                to=row.referral.programme,
                case=row.referral.ref,
                until=received.at + approvals.HOLDS,
                at=received.at,
                organisation=received.sender,
            )
        commands.tell_service(row, RECEIVED, at=received.at)


def receive_receipt(received: Received) -> None:
    """Note that the programme has exactly this copy, or that it no longer uses it."""
    receipt: disclosures.DisclosureReceipt = received.payload
    about = referrals.of_thread(received)
    row = _found(received, about, receipt.disclosure)
    with gate.change(received.actor, Action.RECEIVE_RECEIPT, Disclosure, row, at=received.at) as known:
        if receipt.event == STOPPED:
            known.stopped_at = known.stopped_at or receipt.at
            commands.tell_service(known, STOPPED, at=received.at)
        elif receipt.fingerprint != commands.content(known).fingerprint:
            raise CannotHandle("The programme received something else than was sent: telephone it now.")
        else:
            known.received_at = known.received_at or receipt.at
            if known.state == State.SENT:
                known.state = State.RECEIVED
        gate.next_version(known)
        known.save()


def receive_recall(received: Received) -> None:
    """Recall an offer: the service asks that it is used no more, here and wherever it was passed on."""
    asked: disclosures.DisclosureRecall = received.payload
    rows = gate.see(received.actor, Action.RECEIVE_RECALL, Disclosure, at=received.at)
    same = rows.filter(service=received.sender, thread=received.thread, offer=asked.disclosure)
    found = same.values_list("ref", flat=True).first()
    if found is None:
        # The offer may still be on its way: tried again until it is here, then given up in sight of the administrator.
        raise LookupError(asked.disclosure)
    reason = asked.reason if asked.reason in Recall.values else Recall.STOP.value
    with gate.change(received.actor, Action.RECEIVE_RECALL, Disclosure, found, at=received.at) as row:
        if row.state in {State.OFFERED, State.HERE, State.SENT, State.RECEIVED}:
            passed_on = row.sent_at is not None
            commands.recalled(row, reason, received.actor, received.at)
            if not passed_on:
                row.stopped_at = received.at
                row.save(update_fields=["stopped_at"])
                commands.tell_service(row, STOPPED, at=received.at)


def day(text: str) -> date | None:
    """An ISO day, or None for ""; raises CannotHandle."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the sender.") from None


def _content(told: disclosures.DisclosureOffer) -> Content:
    names = Content.__dataclass_fields__
    values = {name: getattr(told, name) for name in names} | {"told_on": day(told.told_on)}
    content = Content(**values)
    if content.may_be_raised != (content.told_on is not None):
        raise CannotHandle("What may be raised must say when the police told the person: ask the sender.")
    return content


def _found(received: Received, about: str, token: str) -> str:
    rows = gate.see(received.actor, Action.RECEIVE_RECEIPT, Disclosure, at=received.at)
    ref = rows.filter(referral__ref=about, token=token).values_list("ref", flat=True).first()
    if ref is None:
        raise CannotHandle("This receipt is of nothing that was sent from here.")
    return ref
