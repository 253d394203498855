"""Everything that can happen to a referral in the programme."""

from dataclasses import dataclass
from datetime import datetime

from desist.post import outbox, payloads
from desist.post.handlers import Received
from desist.programme.episodes.models import Episode
from desist.programme.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import TRANSITIONS, DeclineReason, State
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyDecided(Exception):
    """Someone decided this referral first; the text says who decided what and when is on the page."""


class UnknownThread(Exception):
    """An envelope answers a referral that this site does not have."""


@dataclass(frozen=True)
class Decision:
    """What a manager decides. `decline_reason` is a code, empty unless declined; `note` is for the file and the referrer."""

    outcome: State
    decline_reason: str
    note: str


def receive(received: Received) -> None:
    """Put a referral that came by envelope into the inbox of its area."""
    payload: payloads.Referral = received.payload
    referral = Referral(
        area=payload.area,
        partner=received.sender,
        thread=received.thread,
        completed_at=payload.completed_at,
        received_at=received.at,
        given_names=payload.given_names,
        family_name=payload.family_name,
        born=payload.born,
        route=payload.route,
        legal_basis=payload.legal_basis,
        proceedings=payload.proceedings,
        behaviours=list(payload.behaviours),
        relationship=payload.relationship,
        offence=payload.offence,
        behaviour_account=payload.behaviour_account,
        risks_to_staff=payload.risks_to_staff,
        needs=payload.needs,
        referrer_name=payload.referrer_name,
        referrer_phone=payload.referrer_phone,
    )
    with gate.create(received.actor, Action.RECEIVE_REFERRAL, referral, at=received.at):
        pass


def withdraw(received: Received) -> None:
    """The referrer takes a referral back; an episode that had begun is ended by a person, not by an envelope."""
    ref = (
        Referral.objects.filter(thread=received.thread, partner=received.sender)
        .values_list("ref", flat=True)
        .first()
    )
    if ref is None:
        raise UnknownThread(received.sender)
    with gate.change(received.actor, Action.WITHDRAW_REFERRAL, Referral, ref, at=received.at) as referral:
        if State.WITHDRAWN in TRANSITIONS[State(referral.state)]:
            referral.state = State.WITHDRAWN
            referral.version += 1
            referral.save(update_fields=["state", "version"])


def decide(*, actor: Actor, ref: str, decision: Decision, at: datetime) -> None:
    """Accept, take as consultation only, or decline a referral that waits, once; the referrer is told."""
    with gate.change(actor, Action.DECIDE_REFERRAL, Referral, ref, at=at) as referral:
        if decision.outcome not in TRANSITIONS[State(referral.state)] or referral.state == "withdrawn":
            raise AlreadyDecided(ref)
        referral.state = decision.outcome
        referral.decline_reason = decision.decline_reason
        referral.decision_note = decision.note
        referral.decided_by = actor.who
        referral.decided_at = at
        referral.version += 1
        referral.save()
        if decision.outcome == State.ACCEPTED:
            Episode.objects.create(referral=referral, area=referral.area, opened_at=at)
        answer = payloads.ReferralDecision(
            outcome=payloads.Outcome(decision.outcome.value),
            reason=DeclineReason(decision.decline_reason).label if decision.decline_reason else "",
            decided_at=at,
        )
        outbox.send(answer, to=referral.partner, thread=referral.thread, at=at, case=referral.ref)
