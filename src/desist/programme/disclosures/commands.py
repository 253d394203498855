"""Commands for questions to the police, and for their disclosures."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.disclosure import copies
from desist.disclosure.codes import Nature, Purpose, Recall, Refusal
from desist.post import disclosures, outbox, partners
from desist.post.handlers import CannotHandle, Received
from desist.post.transports import Transport
from desist.programme.disclosures.models import Disclosure, DisclosureRequest, token
from desist.programme.disclosures.policy import Action
from desist.programme.disclosures.states import TRANSITIONS, State
from desist.programme.episodes.models import Episode
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

NOBODY_TO_ASK = "No police force is linked to this referral: it was entered here. Telephone them"


@dataclass(frozen=True)
class Question:
    """A question to the police: its purpose, and why it is needed."""

    purpose: str
    question: str
    necessity: str
    needed_by: date | None
    override: Override | None = None


@dataclass(frozen=True)
class TypedIn:
    """A disclosure by a force without software: who told it and when, who decided it, what it answers."""

    content: copies.Content
    request: str  # the question's reference, or ""
    decided_by: str
    told_by: str
    told_at: datetime
    override: Override | None = None


def ask(*, actor: Actor, episode: str, question: Question, submission: str, at: datetime) -> None:
    """Ask the police about a person. The same form sent twice asks once. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.ASK_DISCLOSURE, Episode, episode, at=at) as row:
        about = row.referral
        if DisclosureRequest.objects.filter(submission=submission).exists():
            return
        if not about.partner:
            raise Refused(NOBODY_TO_ASK)
        texts = {"question": question.question, "necessity": question.necessity}
        _hold(row, texts, question.override, actor, at)
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


def type_in(*, actor: Actor, episode: str, told: TypedIn, submission: str, at: datetime) -> None:
    """Keep what a force without software told by telephone or on paper. Raises Refused and words.Unclear."""
    with gate.change(actor, Action.TYPE_DISCLOSURE, Episode, episode, at=at) as row:
        about = row.referral
        if kept := about.disclosures.filter(submission=submission).first():
            said = (told.content.fingerprint, told.decided_by, told.told_by, told.told_at)
            same = said == (kept.fingerprint, kept.decided_by, kept.told_by, kept.received_at)
            if same and told.request == (kept.request.ref if kept.request else ""):
                return
            raise Refused(
                "This form was kept before with other words. What you have written now was not saved: open the page again to add it"
            )
        _by_hand(about)
        _hold(row, {"words": told.content.words}, told.override, actor, at)
        request = _question(about, told.request) if told.request else None
        Disclosure.objects.create(
            referral=about,
            request=request,
            area=about.area,
            token=token(),
            **{name: getattr(told.content, name) for name in copies.Content.__dataclass_fields__},
            fingerprint=told.content.fingerprint,
            received_at=told.told_at,
            told_by=told.told_by,
            decided_by=told.decided_by,
            typed_by=actor.who,
            submission=submission,
        )
        if request:
            _settle(request, State.ANSWERED, "", told.told_at)


def _hold(row: Episode, texts: dict[str, str], override: Override | None, actor: Actor, at: datetime) -> None:
    named = audit.row_name(Episode, row.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def type_in_refusal(
    *,
    actor: Actor,
    episode: str,
    request: str,
    reason: Refusal,
    told_by: str,
    told_at: datetime,
    at: datetime,
) -> None:
    """Record that a force without software answers a question with no disclosure. Raises Refused."""
    with gate.change(actor, Action.TYPE_DISCLOSURE, Episode, episode, at=at) as row:
        _by_hand(row.referral)
        asked = _question(row.referral, request)
        if State.REFUSED not in TRANSITIONS[State(asked.state)]:
            raise Refused("This question has already been answered")
        asked.told_by = told_by
        asked.save(update_fields=["told_by"])
        _settle(asked, State.REFUSED, reason, told_at)


def type_in_recall(
    *, actor: Actor, episode: str, disclosure: str, reason: Recall, told_by: str, at: datetime
) -> None:
    """Record that a force without software recalls what it told: the words go at once. Raises Refused."""
    with gate.change(actor, Action.TYPE_DISCLOSURE, Episode, episode, at=at) as row:
        _by_hand(row.referral)
        known = row.referral.disclosures.filter(ref=disclosure, recalled_at=None).first()
        if known is None:
            raise Refused("This has already been recalled")
        known.recall_told_by = told_by
        _take_back(known, reason, at)


def receive(received: Received) -> None:
    """Keep an exact copy, and send the receipt; a disclosure recalled before it arrived is not kept."""
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
    """Record that the police disclose nothing on a question."""
    told: disclosures.DisclosureRefused = received.payload
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_DISCLOSURE, Referral, ref, at=received.at) as about:
        request = about.disclosure_requests.filter(token=told.subject).first()
        if request is None:
            raise CannotHandle("This answers a question that was not asked from here.")
        _settle(request, State.REFUSED, told.reason if told.reason in Refusal.values else "", told.decided_at)


def recall(received: Received) -> None:
    """Recall a disclosure: its words go, and the sender is told. It may not have arrived yet."""
    asked: disclosures.DisclosureRecall = received.payload
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_DISCLOSURE, Referral, ref, at=received.at) as about:
        row = about.disclosures.filter(token=asked.disclosure).first() or Disclosure(
            referral=about, area=about.area, token=asked.disclosure
        )
        if row.recalled_at is not None:
            return
        reason = Recall(asked.reason) if asked.reason in Recall.values else Recall.STOP
        _take_back(row, reason, received.at)
        receipt = _receipt(asked.disclosure, "stopped", row.fingerprint, received.at)
        outbox.send(
            receipt,
            to=received.sender,
            thread=received.thread,
            at=received.at,
            case=about.ref,
            about=about.called,
        )


def _take_back(row: Disclosure, reason: Recall, at: datetime) -> None:
    row.words, row.may_be_raised, row.told_on = "", False, None
    row.recalled_at, row.reason = at, reason
    row.save()


def _by_hand(about: Referral) -> None:
    if about.partner and partners.find(name=about.partner).transport != Transport.BY_HAND:
        raise Refused("The police who sent this referral use Desist, so what they send arrives automatically")


def _question(about: Referral, ref: str) -> DisclosureRequest:
    found = about.disclosure_requests.filter(ref=ref).first()
    if found is None:
        raise gate.NotFound(ref)
    return found


def _receipt(token: str, event: str, fingerprint: str, at: datetime) -> disclosures.DisclosureReceipt:
    return disclosures.DisclosureReceipt(disclosure=token, event=event, fingerprint=fingerprint, at=at)


def _settle(request: DisclosureRequest, state: State, reason: str, at: datetime) -> None:
    """Settle a request in any order: an answer after a refusal stands, a refusal after an answer does not."""
    if state in TRANSITIONS[State(request.state)]:
        request.state, request.reason, request.settled_at = state, reason, at
        request.save(update_fields=["state", "reason", "settled_at"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day in the envelope is not a date: ask the police.") from None
