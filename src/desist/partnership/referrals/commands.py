"""The changes that the programme's answers make to a sent referral."""

from collections.abc import Iterator
from datetime import date

from desist.codes import Stage
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action
from desist.partnership.referrals.states import ENDED, TRANSITIONS, Happened, News, State
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.ui import dates
from desist.wall import gate

#: what a notice of progress sets
PROGRESS = ["progress_at", "stage", "attended", "planned", "missed", "next_on", "last_on"]


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
        before, news = referral.stage, list(_news(referral, notice))
        referral.progress_at, referral.missed = received.at, notice.missed
        referral.stage, referral.attended, referral.planned = notice.stage, notice.attended, notice.planned
        referral.next_on, referral.last_on = _day(notice.next_on), _day(notice.last_on)
        referral.save(update_fields=PROGRESS)
        for what in news:
            referral.news.create(what=what, came_at=received.at)
        return None if notice.stage == before else before


def note_judged(received: Received) -> None:
    """Record that the programme judged the risk on a day, and nothing more."""
    told: payloads.RiskJudged = received.payload
    with gate.change(
        received.actor, Action.NOTE_ANSWER, Referral, of_thread(received), at=received.at
    ) as referral:
        referral.happened(Happened.JUDGED, by="", at=received.at, detail=f"On {dates.on(told.judged_on)}")
        referral.news.create(what=News.JUDGED, came_at=received.at)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotHandle("A day of planned sessions in this notice is no day.") from None


def _news(referral: Referral, notice: payloads.ProgressNotice) -> Iterator[News]:
    before = referral.stage
    if notice.last_on and not referral.last_on:
        yield News.PLANNED
    if notice.missed > referral.missed:
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
