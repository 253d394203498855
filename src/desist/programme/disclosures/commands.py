"""Everything that can happen to a question to the police, and to what they disclose."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.disclosure import copies
from desist.disclosure.codes import Nature, Purpose, Recall, Refusal
from desist.post import disclosures, outbox
from desist.post.handlers import CannotHandle, Received
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.disclosures.states import TRANSITIONS, State
from desist.programme.episodes.models import Episode
from desist.programme.policy import Action
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.wall import gate
from desist.wall.actors import Actor


class NobodyToAsk(Exception):
    """The referral was typed in here, and no police force stands behind it."""


@dataclass(frozen=True)
class Question:
    """What is asked, for what, and why it is needed."""

    purpose: str
    question: str
    necessity: str
    needed_by: date | None


def ask(*, actor: Actor, episode: str, question: Question, submission: str, at: datetime) -> None:
    """Ask the police about a person. The same form sent twice asks once. Raises NobodyToAsk."""
    with gate.change(actor, Action.ASK_DISCLOSURE, Episode, episode, at=at) as row:
        about = row.referral
        if DisclosureRequest.objects.filter(submission=submission).exists():
            return
        if not about.partner:
            raise NobodyToAsk(episode)
        made = DisclosureRequest.objects.create(
            referral=about,
            area=about.area,
            purpose=question.purpose,
            question=question.question,
            necessity=question.necessity,
            needed_by=question.needed_by,
            asked_by=actor.who,
            asked_at=at,
            submission=submission,
        )
        asked = disclosures.DisclosureRequest(
            request=made.token,
            purpose=made.purpose,
            question=made.question,
            necessity=made.necessity,
            needed_by=made.needed_by.isoformat() if made.needed_by else "",
            asked_at=at,
        )
        referrals.tell(about, asked, at=at)


def receive(received: Received) -> None:
    """Keep an exact copy, and send the receipt. One that was recalled before it arrived is not kept."""
    told: disclosures.Disclosure = received.payload
    values = {name: getattr(told, name) for name in copies.Content.__dataclass_fields__}
    content = copies.Content(**values | {"told_on": _day(told.told_on)})
    known = (content.nature in Nature.values, content.purpose in Purpose.values)
    if not all(known) or content.may_be_raised != (content.told_on is not None):
        raise CannotHandle(
            "The disclosure does not say what it is, or when the police told the person: ask them."
        )
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_DISCLOSURE, Referral, ref, at=received.at) as about:
        if about.disclosures.filter(token=told.disclosure).exists():
            return
        request = about.disclosure_requests.filter(token=told.request).first() if told.request else None
        Disclosure.objects.create(
            referral=about,
            request=request,
            area=about.area,
            token=told.disclosure,
            **{name: getattr(content, name) for name in copies.Content.__dataclass_fields__},
            fingerprint=content.fingerprint,
            received_at=received.at,
        )
        if request:
            _settle(request, State.ANSWERED, "", received.at)
        receipt = _receipt(told.disclosure, "received", content.fingerprint, received.at)
        outbox.send(
            receipt,
            to=received.sender,
            thread=received.thread,
            at=received.at,
            case=about.ref,
            about=about.called,
        )


def refused(received: Received) -> None:
    """The police disclose nothing on a question."""
    told: disclosures.DisclosureRefused = received.payload
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_DISCLOSURE, Referral, ref, at=received.at) as about:
        request = about.disclosure_requests.filter(token=told.subject).first()
        if request is None:
            raise CannotHandle("This answers a question that was not asked from here.")
        _settle(request, State.REFUSED, told.reason if told.reason in Refusal.values else "", told.decided_at)


def recall(received: Received) -> None:
    """A disclosure must not be used any more: its words go, and the sender is told so. It may not have arrived yet."""
    asked: disclosures.DisclosureRecall = received.payload
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_DISCLOSURE, Referral, ref, at=received.at) as about:
        row = about.disclosures.filter(token=asked.disclosure).first() or Disclosure(
            referral=about, area=about.area, token=asked.disclosure
        )
        if row.recalled_at is not None:
            return
        row.words, row.may_be_raised, row.told_on = "", False, None
        row.recalled_at = received.at
        row.reason = asked.reason if asked.reason in Recall.values else Recall.STOP
        row.save()
        receipt = _receipt(asked.disclosure, "stopped", row.fingerprint, received.at)
        outbox.send(
            receipt,
            to=received.sender,
            thread=received.thread,
            at=received.at,
            case=about.ref,
            about=about.called,
        )


def _receipt(token: str, event: str, fingerprint: str, at: datetime) -> disclosures.DisclosureReceipt:
    return disclosures.DisclosureReceipt(disclosure=token, event=event, fingerprint=fingerprint, at=at)


def _settle(request: DisclosureRequest, state: State, reason: str, at: datetime) -> None:
    """Order is not promised: an answer that came after a refusal stands, a refusal after an answer does not."""
    if state in TRANSITIONS[State(request.state)]:
        request.state, request.reason, request.settled_at = state, reason, at
        request.save(update_fields=["state", "reason", "settled_at"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the police.") from None
