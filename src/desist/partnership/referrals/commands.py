"""The changes that the programme's answers make to a sent referral."""

from collections.abc import Iterator

from desist.codes import Stage
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action
from desist.partnership.referrals.states import ENDED, TRANSITIONS, Happened, News, State
from desist.post import payloads
from desist.post.handlers import Received
from desist.wall import gate


class UnknownThread(Exception):
    """An envelope answers a referral that this site did not send."""


def note_decision(received: Received) -> None:
    """Record the programme's answer."""
    decision: payloads.ReferralDecision = received.payload
    with gate.change(
        received.actor, Action.NOTE_ANSWER, Referral, of_thread(received), at=received.at
    ) as referral:
        if State(decision.outcome) in TRANSITIONS[State(referral.state)]:
            referral.state = decision.outcome
            referral.decision_reason = decision.reason
            referral.decided_at = decision.decided_at
            gate.next_version(referral)
            referral.save()
            label = State(decision.outcome).label
            detail = f"{label}. {decision.reason}" if decision.reason else str(label)
            referral.happened(Happened.DECIDED, by="", at=decision.decided_at, detail=detail[:300])
            referral.news.create(what=News(decision.outcome), came_at=received.at)


def note_progress(received: Received) -> str | None:
    """Record how far the person is in the programme; returns the earlier stage if the stage is new, else nothing.

    Notices can arrive in any order: an older notice changes nothing.
    """
    notice: payloads.ProgressNotice = received.payload
    with gate.change(
        received.actor, Action.NOTE_ANSWER, Referral, of_thread(received), at=received.at
    ) as referral:
        if referral.progress_at and referral.progress_at >= received.at:
            return None
        before, missed = referral.stage, referral.missed
        referral.progress_at, referral.missed = received.at, notice.missed
        referral.stage, referral.attended, referral.planned = notice.stage, notice.attended, notice.planned
        referral.save(update_fields=["progress_at", "stage", "attended", "planned", "missed"])
        for what in _news(before, notice, missed):
            referral.news.create(what=what, came_at=received.at)
        return None if notice.stage == before else before


def _news(before: str, notice: payloads.ProgressNotice, missed: int) -> Iterator[News]:
    if notice.missed > missed:
        yield News.MISSED
    if notice.stage == before:
        return
    if notice.stage in ENDED:
        yield News.ENDED
    elif before in ENDED:
        yield News.GOES_ON
    elif notice.stage == Stage.IN_SESSIONS:
        yield News.STARTED


def of_thread(received: Received) -> str:
    """Return the reference of the referral that an envelope is about. Raises UnknownThread."""
    sent = Referral.objects.filter(thread=received.thread, programme=received.sender)
    ref = sent.values_list("ref", flat=True).first()
    if ref is None:
        raise UnknownThread(received.sender)
    return ref
