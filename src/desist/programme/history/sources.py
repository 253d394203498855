"""What happened to one person's referral, table by table: coded words alone, with who and when.

Free text stays where it was written: a line leads there. Every function takes the episode that the gate opened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from desist.instruments import library
from desist.programme.agreement import states as agreement
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.concerns.states import Outcome
from desist.programme.episodes.models import Episode
from desist.programme.leaving import states as leaving
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.programme.planner import states as planning
from desist.programme.referrals.states import Happened
from desist.programme.risk.states import Tool
from desist.programme.sessions import queries as sessions
from desist.programme.sessions.states import FollowUp, MissedReason
from desist.programme.sessions.states import State as SessionState
from desist.programme.support.states import Need
from desist.programme.support.states import State as SupportState
from desist.programme.triage.states import DelayReason
from desist.ui import dates

OUTSIDE = ""  # by whoever is outside: the referrer, or somebody on the other side


@dataclass(frozen=True)
class Place:
    """A page, and of whom or what."""

    route: str
    ref: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that happened: `by` is an account's reference, `to` leads to where it stands."""

    at: datetime
    what: str
    by: str
    detail: str = ""
    to: Place | None = None
    whole_day: bool = False  # only the day is known


def referral(episode: Episode) -> Iterator[Line]:
    """Received, put right, decided, taken back, ended; and why an allocation was late."""
    row = episode.referral
    for one in row.happenings.all():
        yield Line(one.at, str(Happened(one.what).label), one.by, one.detail)
    for late in row.delays.all():
        yield Line(
            late.recorded_at,
            "Why the allocation is late",
            late.recorded_by,
            str(DelayReason(late.reason).label),
        )
    for order in row.protection_orders.all():
        yield Line(order.told_at, "The police told of an order", OUTSIDE)


def allocations(episode: Episode) -> Iterator[Line]:
    """Who worked with the person, from when, until when."""
    for number, one in enumerate(
        episode.allocations.order_by("made_at", "pk").select_related("practitioner")
    ):
        words = "Given to another practitioner" if number else "Allocated"
        yield Line(one.made_at, words, one.made_by, one.practitioner.name)


def agreements(episode: Episode) -> Iterator[Line]:
    """The notice, the answer, a withdrawal and what followed from it."""
    to = Place("agreement:agreement", episode.ref)
    for notice in episode.notices.all():
        how = f"{agreement.How(notice.how).label}, version {notice.notice}"
        yield Line(notice.recorded_at, "Information notice given", notice.given_by, how, to=to)
    row = getattr(episode, "agreement", None)
    if row is not None:
        answer = agreement.State(row.state)
        if answer is agreement.State.WITHDRAWN:
            answer = agreement.State.REQUIRED if row.requirement else agreement.State.AGREED
        answered = _midnight(row.answered_on)
        said = str(answer.label)
        yield Line(answered, "Answer about taking part", row.answered_by, said, whole_day=True, to=to)
        if row.withdrawn_at:
            why = str(agreement.WithdrawalReason(row.withdrawal_reason).label)
            yield Line(row.withdrawn_at, "Withdrew from taking part", row.withdrawn_by, why, to=to)
    for task in episode.follow_ups.all():
        if task.done_at is None:
            continue
        yield Line(
            task.done_at,
            "Done after a withdrawal",
            task.done_by,
            str(agreement.FollowUp(task.kind).label),
            to=to,
        )


def assessments(episode: Episode) -> Iterator[Line]:
    """Appointed, and finished or cancelled."""
    for one in episode.assessments.all():
        to = Place("assessments:assessment", one.ref)
        yield Line(
            one.appointed_at,
            "Assessment appointed",
            one.appointed_by,
            f"for {dates.at(one.starts_at)}",
            to=to,
        )
        if one.ended_at:
            ended = f"Assessment {AssessmentState(one.state).label.lower()}"
            yield Line(one.ended_at, ended, one.ended_by, to=to)


def measures(episode: Episode) -> Iterator[Line]:
    """Filled in, struck out, and safety checks."""
    for one in episode.measures.select_related("safety_check"):
        to = Place("measures:measure", one.ref)
        title = library.instrument(name=one.instrument).title
        yield Line(
            one.recorded_at, f"Measure: {title}", one.recorded_by, str(Occasion(one.occasion).label), to=to
        )
        if one.struck_at:
            yield Line(one.struck_at, f"Struck out: {title}", one.struck_by, to=to)
        check = getattr(one, "safety_check", None)
        if check is not None:
            said = str(SafetyOutcome(check.outcome).label)
            yield Line(check.made_at, "Safety check", check.made_by, said, to=to)


def risk(episode: Episode) -> Iterator[Line]:
    """Judgements of risk, without what they came to."""
    for one in episode.risk_ratings.all():
        detail = f"{Tool(one.tool).label}, review by {dates.on(one.review_on)}"
        yield Line(
            one.recorded_at, "Judgement of risk", one.recorded_by, detail, to=Place("risk:risk", episode.ref)
        )


def plans(episode: Episode) -> Iterator[Line]:
    """Goals, and support from partner agencies."""
    for goal in episode.goals.all():
        yield Line(goal.made_at, "Goal set", goal.made_by, "", to=Place("plans:plan", episode.ref))
    for one in episode.support.select_related("agency"):
        detail = f"{one.agency.name}: {Need(one.need).label.lower()}"
        yield Line(
            one.recorded_at,
            "Referred to an agency",
            one.referred_by,
            detail,
            to=Place("support:support", episode.ref),
        )
        if one.answered_on:
            said = f"{one.agency.name}: {SupportState(one.state).label.lower()}"
            day = _midnight(one.answered_on)
            yield Line(
                day,
                "The agency answered",
                OUTSIDE,
                said,
                to=Place("support:support", episode.ref),
                whole_day=True,
            )


def meetings(episode: Episode) -> Iterator[Line]:
    """Sessions recorded, missed and followed up; their chains."""
    for one in episode.sessions.prefetch_related("chains"):
        to = Place("sessions:session", one.ref)
        title = sessions.title(one)
        if one.recorded_at:
            missed = one.state == SessionState.MISSED
            why = (
                str(MissedReason(one.missed_reason).label) if missed else f"held {dates.at(one.period.lower)}"
            )
            words = f"{title} {'missed' if missed else 'recorded'}"
            yield Line(one.recorded_at, words, one.recorded_by, why, to=to)
        if one.followed_up_at:
            how = str(FollowUp(one.follow_up).label)
            yield Line(
                one.followed_up_at,
                f"Contact after {title.lower()} was missed",
                one.followed_up_by,
                how,
                to=to,
            )
        for chain in one.chains.all():
            kind = "an urge resisted" if chain.resisted else "an act"
            yield Line(
                chain.started_at,
                "Chain begun",
                chain.started_by,
                f"of {kind}",
                to=Place("chains:chain", chain.ref),
            )


def moves(episode: Episode) -> Iterator[Line]:
    """Sessions planned in another way: who asked, why, and when it was before."""
    for session in episode.sessions.prefetch_related("moves"):
        for one in session.moves.all():
            asked = f"{planning.Asked(one.asked_by).label}: {planning.Why(one.why).label.lower()}"
            before = f", before {dates.at(one.before.lower)}" if one.before else ""
            words = f"{sessions.title(session)}: {planning.Kind(one.kind).label.lower()}"
            place = Place("sessions:session", session.ref)
            yield Line(one.made_at, words, one.made_by, f"{asked}{before}", to=place)


def concerns(episode: Episode) -> Iterator[Line]:
    """Raised, taken up on the other side, closed."""
    to = Place("concerns:concerns")
    for one in episode.concerns.all():
        told = f"somebody was told {dates.at(one.told_at)}"
        yield Line(one.raised_at, "Concern raised", one.raised_by, told, to=to)
        if one.acknowledged_at:
            yield Line(one.acknowledged_at, "The alert was taken up", OUTSIDE, "on the other side", to=to)
        if one.closed_at:
            yield Line(one.closed_at, "Concern closed", one.closed_by, str(Outcome(one.outcome).label), to=to)


def leavings(episode: Episode) -> Iterator[Line]:
    """Decided, held, taken back, told."""
    to = Place("leaving:leaving", episode.ref)
    for one in episode.leavings.all():
        reason = str(leaving.Reason(one.reason).label)
        held = f", held until {dates.at(one.held_until)}" if one.held_until else ""
        yield Line(one.decided_at, "Leaving decided", one.decided_by, f"{reason}{held}", to=to)
        if one.taken_back_at:
            yield Line(one.taken_back_at, "Leaving taken back", one.taken_back_by, to=to)
        if one.acknowledged_at:
            yield Line(one.acknowledged_at, "The alert was taken up", OUTSIDE, "on the other side", to=to)
        if one.told_at:
            how = str(leaving.How(one.told_how).label)
            yield Line(one.told_at, "The person was told that it ends", one.told_by, how, to=to)


def _midnight(day: date) -> datetime:
    """Where a day stands among moments: at its beginning."""
    return datetime.combine(day, time.min, tzinfo=dates.LONDON)


SOURCES: tuple[Callable[[Episode], Iterator[Line]], ...] = (
    *(referral, allocations, agreements, assessments, measures, risk),
    *(plans, meetings, moves, concerns, leavings),
)
