"""The sources of each kind of e-mail to staff of a programme."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import F, Model, Q
from django.db.models.functions import TruncDate

from desist import codes
from desist.accounts.nudges.sources import Source
from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.policy import Action as AssessmentsAction
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.planner.states import Kind as Moved
from desist.programme.calendar.rescheduling.policy import Action as MovesAction
from desist.programme.concerns.models import Concern
from desist.programme.concerns.policy import Action as ConcernsAction
from desist.programme.concerns.queries import last_step
from desist.programme.episodes.models import Episode
from desist.programme.episodes.policy import Action as EpisodesAction
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.leaving.reports import queries as reports
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.policy import Action as ReportsAction
from desist.programme.leaving.states import State as LeavingState
from desist.programme.measures.models import Measure
from desist.programme.measures.policy import Action as MeasuresAction
from desist.programme.practitioners.models import SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action as ReferralsAction
from desist.programme.referrals.states import State as ReferralState
from desist.programme.risk.models import RiskRating
from desist.programme.risk.policy import TOLD
from desist.programme.risk.policy import Action as RiskAction
from desist.programme.risk.queries import newest, none_holds
from desist.programme.risk.states import Compared
from desist.programme.service.allocation.policy import Action as AllocationAction
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.service.handovers.policy import Action as HandoversAction
from desist.programme.service.nudges.states import ROLES, Kind
from desist.programme.sessions.models import Session
from desist.programme.sessions.policy import Action as SessionsAction
from desist.programme.sessions.reached import UNCONTACTED
from desist.programme.sessions.states import Attendance
from desist.programme.sessions.states import State as SessionState
from desist.programme.supervision.policy import Action as SupervisionAction
from desist.programme.triage.policy import Action as TriageAction
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

__all__ = ["ROLES", "SOURCES"]

#: an alert without an acknowledgement for this long is worth a second message
UNTAKEN = timedelta(hours=2)
#: the colleague who typed a measure sees at once that it asks for a check; others are told later
UNCHECKED = timedelta(hours=2)
#: the contact after a missed session is due in two working days
UNASKED = timedelta(days=1)
#: the colleague who strikes a judgement out reads what to do on its page; others are told later
STRUCK = timedelta(days=1)
#: managers are told when so many of the 14 days to an allocation are left
LEFT = 3
OPEN_CONCERN = Q(closed_at=None)
#: a held leaving settles it, as in To do
UNREAD = Q(episode__ended_at=None) & ~Q(episode__leavings__state=LeavingState.HELD)
#: judgements that hold again since a newer one with one tool was struck out
HOLDS_AGAIN = newest() & Q(
    episode__risk_ratings__tool=F("tool"),
    episode__risk_ratings__rated_on__gte=F("rated_on"),
)
JUDGED = Q(episode__ended_at=None)
#: meetings ahead when leave was noted that they fall into, or when their room was barred
BARRED = Q(period__startswith__gt=F("room__barred_at"))


def _in_leave(leave: str) -> Q:
    day = TruncDate("period__startswith", tzinfo=clocks.LONDON)
    falls = Q(**{f"{leave}__removed_at": None, f"{leave}__days__contains": day})
    return falls & Q(period__startswith__gt=F(f"{leave}__noted_at"))


def _noted_by_another(leave: str) -> Callable[[Actor], Q]:
    """Return the condition that a colleague noted the leave, in two bounds that keep it to one row."""
    noted_by = f"{leave}__noted_by"
    return lambda actor: Q(**{f"{noted_by}__lt": actor.who}) | Q(**{f"{noted_by}__gt": actor.who})


def _to_move(model: type[Model], action: BaseAction, waiting: Q) -> Iterator[Source]:
    """Yield the sources for meetings that cannot be held as planned. The practitioner reads of orders under CHANGED."""
    for leave in ("practitioner__leave", "second__leave"):
        falling, noted = waiting & _in_leave(leave), f"{leave}__noted_at"
        yield Source(Kind.TO_MOVE, model, action, falling, noted, own=_noted_by_another(leave))
    yield Source(Kind.TO_MOVE, model, action, waiting & BARRED, "room__barred_at")


SOURCES: tuple[Source, ...] = (
    Source(
        Kind.ALLOCATED,
        Episode,
        EpisodesAction.SEE_EPISODES,
        Q(allocations__ended_at=None, ended_at=None),
        "allocations__made_at",
        own=lambda actor: Q(allocations__practitioner__ref=actor.who),
    ),
    Source(
        Kind.ALLOCATED,
        HandoverRequest,
        HandoversAction.SEE_HANDOVER,
        Q(state=Answer.ASKED, at_once=False),
        "asked_at",
    ),
    Source(
        Kind.CONCERN,
        Concern,
        ConcernsAction.CLOSE_CONCERN,
        OPEN_CONCERN,
        "raised_at",
        own=lambda actor: ~Q(raised_by=actor.who),
    ),
    Source(
        Kind.STEP,
        Concern,
        ConcernsAction.SEE_CONCERN,
        OPEN_CONCERN & last_step(),
        "steps_taken__due_on",
        own=lambda actor: Q(steps_taken__owner=actor.who),
    ),
    Source(
        Kind.ALERT,
        Concern,
        ConcernsAction.SEE_CONCERNS,
        OPEN_CONCERN & Q(alert__acknowledged_at=None) & ~Q(referral__partner=""),  # without partner: none
        "raised_at",
        after=UNTAKEN,
    ),
    Source(
        Kind.SAFETY,
        Measure,
        MeasuresAction.CHECK_SAFETY,
        Q(flagged=True, safety_check=None, struck_at=None),
        "recorded_at",
        after=UNCHECKED,
    ),
    Source(
        Kind.NO_OUTCOME,
        Session,
        SessionsAction.RECORD_SESSION,
        Q(state=SessionState.PLANNED),
        "period__endswith",
        after=timedelta(days=clocks.RECORD_DAYS),
    ),
    # its end may lie before the last sign-in: it waits from the moment it was entered
    Source(
        Kind.NO_OUTCOME,
        Session,
        SessionsAction.RECORD_SESSION,
        Q(state=SessionState.PLANNED, moves__kind__in=[Moved.ENTERED, Moved.HELD]),
        "moves__made_at",
        after=timedelta(days=clocks.RECORD_DAYS),
    ),
    Source(Kind.FOLLOW_UP, Session, SessionsAction.RECORD_SESSION, UNCONTACTED, "recorded_at", after=UNASKED),
    # a corrected record says that it was missed: no follow-up was due before
    Source(
        Kind.FOLLOW_UP,
        Session,
        SessionsAction.RECORD_SESSION,
        UNCONTACTED & Q(corrections__before=Attendance.ATTENDED),
        "corrections__made_at",
        after=UNASKED,
    ),
    Source(Kind.REVIEW, RiskRating, RiskAction.SEE_REVIEWS, JUDGED & newest(), "review_on"),
    Source(
        Kind.REVIEW,
        RiskRating,
        RiskAction.SEE_REVIEWS,
        JUDGED & HOLDS_AGAIN,
        "episode__risk_ratings__struck_at",
        after=STRUCK,
        day="review_on",
    ),
    Source(Kind.REVIEW, RiskRating, RiskAction.SEE_REVIEWS, JUDGED & none_holds(), "struck_at", after=STRUCK),
    Source(
        Kind.HIGHER,
        RiskRating,
        RiskAction.SEE_REVIEWS,
        JUDGED & newest() & Q(compared=Compared.HIGHER),
        "recorded_at",
        own=lambda actor: Q(alerting__contains=[TOLD[actor.role].value]) & ~Q(recorded_by=actor.who),
    ),
    Source(
        Kind.SUPERVISION,
        SupervisionArrangement,
        SupervisionAction.SEE_ARRANGEMENTS,
        Q(ended_at=None, practitioner__left_on=None),
        "due_on",
        after=timedelta(days=1),
        own=lambda actor: Q(supervisor=actor.who) | Q(practitioner__ref=actor.who),
    ),
    Source(
        Kind.DEBRIEF,
        Session,
        SupervisionAction.HOLD_DEBRIEF,
        Q(debrief_wanted=True, debrief=None),
        "saved_at",
    ),
    Source(
        Kind.SIGN, Report, ReportsAction.SIGN_REPORT, reports.WAITING, "offered_at", own=reports.another_wrote
    ),
    Source(Kind.REFERRAL, Referral, TriageAction.SEE_TRIAGE, Q(state=ReferralState.RECEIVED), "received_at"),
    Source(Kind.CHANGED, Referral, ReferralsAction.READ_CHANGES, UNREAD, "unread_since"),
    *_to_move(Session, MovesAction.MOVE_SESSION, Q(state=SessionState.PLANNED)),
    *_to_move(Assessment, AssessmentsAction.WRITE_ASSESSMENT, Q(state=AssessmentState.APPOINTED)),
    Source(
        Kind.CLOCK,
        Episode,
        AllocationAction.ALLOCATE,
        Q(state=EpisodeState.WAITING),
        "referral__completed_at",
        after=timedelta(days=codes.ALLOCATION_DAYS - LEFT),
    ),
)
