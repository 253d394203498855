"""Everything that can happen to a concern."""

from dataclasses import dataclass
from datetime import datetime

from desist.desk.duty.commands import NUMBER, NotANumber
from desist.programme.concerns import raising
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action
from desist.programme.concerns.raising import RAISE, Raised, referral_of, said
from desist.programme.concerns.states import Outcome, RaisedFrom
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

SAID_OTHERWISE = (
    "Not recorded: this form has already been sent with other words, which are under Concerns. "
    "Open the page again to raise another concern"
)
NOT_ACKNOWLEDGED = (
    "Nobody on the other side has acknowledged the alert. Say why the concern can be closed anyway"
)
NOT_YET = "The time you told them must not be in the future"
CLOSED = "A colleague closed this concern first. What they wrote is on the Concerns page"


@dataclass(frozen=True)
class Closing:
    """How a concern ends. `untaken_reason` says why it may end although no partner took the alert up; else empty."""

    outcome: Outcome
    words: str
    untaken_reason: str


def raise_concern(
    *, actor: Actor, raised_from: RaisedFrom, ref: str, raised: Raised, submission: str, at: datetime
) -> None:
    """Record a concern, and alert the other side without a word of it; a form that is sent twice does it once.

    `ref` is the reference of the row from which the actor raises it. Raises NotANumber, and Refused where the form said
    something else before or the telling lies ahead.
    """
    if not NUMBER.fullmatch(raised.contact):
        raise NotANumber(ref)
    if raised.told_at > at:
        raise Refused(NOT_YET, field="told_time")
    action, model = RAISE[raised_from]
    with gate.change(actor, action, model, ref, at=at) as row:
        referral = referral_of(row)
        kept = Concern.objects.filter(submission=submission).first()
        if kept is None:
            session = row if isinstance(row, Session) else None
            raising.keep(
                referral=referral, session=session, raised=raised, submission=submission, by=actor.who, at=at
            )
        elif kept.referral_id != referral.pk or said(kept) != raised:
            raise Refused(SAID_OTHERWISE)


def close(*, actor: Actor, ref: str, closing: Closing, at: datetime) -> None:
    """Close a concern once; while no partner has acknowledged its alert, only with a reason for that."""
    with gate.change(actor, Action.CLOSE_CONCERN, Concern, ref, at=at) as concern:
        if concern.closed_at is not None:
            if (concern.outcome, concern.closing_words) == (closing.outcome, closing.words):
                return  # the form came twice
            raise Refused(CLOSED)
        taken_up = concern.alert is not None and concern.alert.acknowledged_at is not None
        if not taken_up and not closing.untaken_reason:
            raise Refused(NOT_ACKNOWLEDGED, field="untaken_reason")
        concern.outcome, concern.closing_words = closing.outcome, closing.words
        concern.untaken_reason = "" if taken_up else closing.untaken_reason
        concern.closed_by, concern.closed_at = actor.who, at
        concern.save()
