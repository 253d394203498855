"""Commands that change a referral in the programme."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Subquery

from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.referrals import news
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action
from desist.programme.referrals.states import TRANSITIONS, Happened, State
from desist.referral import answers as asked
from desist.referral.answers import Answers
from desist.referral.lists import AmendReason, WithdrawReason
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor

OTHERS_READ = "The person’s practitioner has to read it themselves"
CHANGED_AGAIN = "The referral has since been changed again. Read it once more"


class UnknownThread(Exception):
    """An envelope answers a referral that this site does not have."""


def receive(received: Received) -> None:
    """Put a referral that came by envelope into the inbox of its area."""
    payload: payloads.Referral = received.payload
    referral = Referral(
        area=payload.area,
        partner=received.sender,
        thread=received.thread,
        completed_at=payload.completed_at,
        received_at=received.at,
        **_answers(payload),
    )
    with gate.create(received.actor, Action.RECEIVE_REFERRAL, referral, at=received.at) as row:
        row.happened(Happened.RECEIVED, by="", at=received.at)


def amend(received: Received) -> None:
    """Correct a referral as the referrer asks. Envelopes come in any order: one that is out of date changes nothing."""
    payload: payloads.ReferralAmended = received.payload
    after = _answers(payload)
    if payload.reason not in AmendReason.values:
        raise CannotHandle("The field reason of this amendment holds a code that is in no list here.")
    with gate.change(
        received.actor, Action.AMEND_REFERRAL, Referral, of_thread(received), at=received.at
    ) as referral:
        if payload.number <= referral.amendment:
            return
        referral.amendment = payload.number
        gate.next_version(referral)
        put_right(
            referral,
            after,
            reason=AmendReason(payload.reason),
            by="",
            told_at=payload.amended_at,
            at=received.at,
        )


def withdraw(received: Received) -> None:
    """Take back a referral for the referrer; a manager, not an envelope, ends an episode that had begun."""
    notice: payloads.ReferralWithdrawn = received.payload
    with gate.change(
        received.actor, Action.WITHDRAW_REFERRAL, Referral, of_thread(received), at=received.at
    ) as referral:
        if State.WITHDRAWN in TRANSITIONS[State(referral.state)]:
            known = notice.reason in WithdrawReason.values
            reason = WithdrawReason(notice.reason) if known else None
            gate.next_version(referral)
            take_back(referral, reason=reason, by="", at=received.at)


def put_right(
    referral: Referral, after: Answers, *, reason: AmendReason, by: str, told_at: datetime, at: datetime
) -> None:
    """Change what the referrer says of a person, in the caller's transaction; their practitioner has to read it.

    The caller has raised the version. `by` is the account that typed the change in, "" where it came over post.
    """
    before = asked.of(referral)
    changed = asked.changed(before, after)
    for name in changed:
        setattr(referral, name, after[name])
        referral.changes.create(
            name=name,
            before=asked.words(name, before[name]),
            after=asked.words(name, after[name]),
            reason=reason,
            by=by,
            at=told_at,
        )
    if changed:
        to_read(referral, at=at)
    referral.save(update_fields=[*changed, "amendment", "version", "unread_since"])
    referral.happened(Happened.AMENDED, by=by, at=told_at, detail=str(reason.label))


def take_back(referral: Referral, *, reason: WithdrawReason | None, by: str, at: datetime) -> None:
    """Withdraw a referral for the referrer, in the caller's transaction, which has raised the version.

    `by` is the account that typed it in, "" where it came over post.
    """
    referral.state = State.WITHDRAWN
    referral.withdraw_reason = reason.value if reason else ""
    to_read(referral, at=at)
    referral.save(update_fields=["state", "withdraw_reason", "version", "unread_since"])
    referral.happened(Happened.WITHDRAWN, by=by, at=at, detail=str(reason.label) if reason else "")


def typed_here(referral: Referral) -> bool:
    """Return whether the service types in what the referrer says: they have no software, or no longer."""
    came_without = referral.happenings.filter(what__in={Happened.TYPED_IN, Happened.IMPORTED})
    sent_by_software = Partner.objects.filter(~Exists(came_without), name=referral.partner)
    return not sent_by_software.exclude(transport=Transport.BY_HAND).exists()


def police_tell_by_hand(referral: Referral) -> bool:
    """Return whether an open question for a judgement went to a force without Desist, whose answer is typed in."""
    by_hand = Partner.objects.filter(transport=Transport.BY_HAND).values("name")
    return referral.police_judgements.filter(answered_at=None, partner__in=by_hand).exists()


def read(*, actor: Actor, ref: str, version: int | None, at: datetime) -> str:
    """Record that the actor read the referrer's change, or that work goes on after a withdrawal; return the reference.

    A manager decides whether the work goes on; what changed stays unread until the person's practitioner has read it.
    Raises Changed where something newer exists than the page that was read, and Refused.
    """
    with gate.change(actor, Action.READ_CHANGES, Referral, ref, at=at) as referral:
        try:
            gate.next_version(referral, version)  # not saved: reading changes nothing
        except Changed:
            raise Changed(CHANGED_AGAIN) from None
        if referral.unread_since is None:  # a colleague said so first
            return ref
        left = news.asked(referral, actor)
        if not left.may_answer:
            raise Refused(OTHERS_READ)
        if left.closes:
            referral.unread_since = None
            referral.save(update_fields=["unread_since"])
        if left.changed and left.may_read:
            referral.happened(Happened.READ, by=actor.who, at=at)
        if left.taken_back:
            referral.happened(Happened.WENT_ON, by=actor.who, at=at)
        return ref


def to_read(referral: Referral, *, at: datetime) -> None:
    """Mark a referral unread while the programme goes on; before that, the manager who decides reads the change."""
    if referral.on_programme:
        referral.unread_since = at


def ask_again(referral: Referral, *, at: datetime) -> None:
    """Mark a referral unread again when an ended programme goes on, where something came from outside meanwhile."""
    rows = Referral.objects.select_for_update(no_key=True).filter(pk=referral.pk)
    ended = referral.happenings.filter(what=Happened.ENDED).order_by("-pk").values("pk")[:1]
    for row in rows.filter(unread_since=None):
        if row.happenings.filter(news.CAME, pk__gt=Subquery(ended)).exists():
            row.unread_since = at
            gate.next_version(row)
            row.save(update_fields=["unread_since", "version"])


def of_thread(received: Received) -> str:
    """Return the reference of the referral that an envelope is about; raises UnknownThread."""
    found = Referral.objects.filter(thread=received.thread, partner=received.sender)
    ref = found.values_list("ref", flat=True).first()
    if ref is None:
        raise UnknownThread(received.sender)
    return ref


def tell(referral: Referral, payload: payloads.Payload, *, at: datetime) -> None:
    """Tell the referrer, where a partner is linked: a referral typed in without one has no one to tell."""
    if referral.partner:
        outbox.send(
            payload,
            to=referral.partner,
            thread=referral.thread,
            at=at,
            case=referral.ref,
            about=referral.called,
        )


def _answers(payload: payloads.ReferralAnswers) -> dict[str, Any]:
    try:
        return asked.crossed(payload)
    except asked.UnknownCode as name:
        raise CannotHandle(
            f"The field {name} of this referral holds a code that is in no list here."
        ) from None
