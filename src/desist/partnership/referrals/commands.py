"""Everything that can happen to a referral on the police side."""

import dataclasses
from datetime import datetime
from typing import Any

from desist.partnership.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.sections import SECTIONS, Section
from desist.partnership.referrals.states import TRANSITIONS, State
from desist.post import outbox, payloads
from desist.post.handlers import Received
from desist.wall import gate
from desist.wall.actors import Actor


class NotADraft(Exception):
    """The referral was sent already; what was sent is not rewritten."""


class Stale(Exception):
    """Somebody changed the draft since this page was drawn."""


class Unfinished(Exception):
    """Sections are still open; the text names them."""


class NotUnderWay(Exception):
    """There is nothing to take back: it is a draft, declined or withdrawn already."""


class UnknownThread(Exception):
    """An envelope answers a referral that this site did not send."""


def start(*, actor: Actor, programme: str, at: datetime) -> str:
    """Begin a draft for a programme; returns its reference."""
    draft = Referral(area=actor.area, programme=programme, started_by=actor.who, started_at=at)
    with gate.create(actor, Action.START_REFERRAL, draft, at=at):
        pass
    return draft.ref


def write(
    *, actor: Actor, ref: str, section: Section, answers: dict[str, Any], version: int | None, at: datetime
) -> None:
    """Store the answers of one section of a draft."""
    with gate.change(actor, Action.WRITE_REFERRAL, Referral, ref, at=at) as referral:
        if referral.state != State.DRAFT:
            raise NotADraft(ref)
        if referral.version != version:
            raise Stale(ref)
        for name in section.names:
            setattr(referral, name, answers[name])
        referral.version += 1
        referral.save(update_fields=[*section.names, "version"])


def send(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Send a finished draft to its programme. The 14-day clock there begins at this moment."""
    with gate.change(actor, Action.SEND_REFERRAL, Referral, ref, at=at) as referral:
        if referral.state != State.DRAFT:
            raise NotADraft(ref)
        if referral.version != version:
            raise Stale(ref)
        if missing := [section.title for section in SECTIONS if not section.finished(referral)]:
            raise Unfinished(", ".join(missing))
        referral.thread = outbox.new_thread()
        referral.state = State.SENT
        referral.sent_at = at
        referral.version += 1
        referral.save()
        outbox.send(_payload(referral, at), to=referral.programme, thread=referral.thread, at=at, case=ref)


def withdraw(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Take a referral back; the programme is told."""
    with gate.change(actor, Action.WITHDRAW_REFERRAL, Referral, ref, at=at) as referral:
        if State.WITHDRAWN not in TRANSITIONS[State(referral.state)] or not referral.thread:
            raise NotUnderWay(ref)
        referral.state = State.WITHDRAWN
        referral.version += 1
        referral.save(update_fields=["state", "version"])
        notice = payloads.ReferralWithdrawn(reason=reason)
        outbox.send(notice, to=referral.programme, thread=referral.thread, at=at, case=ref)


def note_decision(received: Received) -> None:
    """The programme answered."""
    decision: payloads.ReferralDecision = received.payload
    with gate.change(
        received.actor, Action.NOTE_ANSWER, Referral, of_thread(received), at=received.at
    ) as referral:
        if State(decision.outcome) in TRANSITIONS[State(referral.state)]:
            referral.state = decision.outcome
            referral.decision_reason = decision.reason
            referral.decided_at = decision.decided_at
            referral.version += 1
            referral.save()


def note_progress(received: Received) -> None:
    """The programme says how far the person is. Order is not promised: an older notice changes nothing."""
    notice: payloads.ProgressNotice = received.payload
    with gate.change(
        received.actor, Action.NOTE_ANSWER, Referral, of_thread(received), at=received.at
    ) as referral:
        if referral.progress_at and referral.progress_at >= received.at:
            return
        referral.progress_at = received.at
        referral.stage, referral.attended, referral.planned = notice.stage, notice.attended, notice.planned
        referral.save(update_fields=["progress_at", "stage", "attended", "planned"])


def of_thread(received: Received) -> str:
    """The reference of the referral that an envelope is about; raises UnknownThread."""
    sent = Referral.objects.filter(thread=received.thread, programme=received.sender)
    ref = sent.values_list("ref", flat=True).first()
    if ref is None:
        raise UnknownThread(received.sender)
    return ref


def _payload(referral: Referral, at: datetime) -> payloads.Referral:
    names = {field.name for field in dataclasses.fields(payloads.Referral)} - {"behaviours", "completed_at"}
    answers: dict[str, Any] = {name: getattr(referral, name) for name in names}
    return payloads.Referral(**answers, behaviours=tuple(referral.behaviours), completed_at=at)
