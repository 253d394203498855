"""The returns of an area: the facts are read once, without a name, and counted."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from desist.programme import clocks
from desist.programme.agreement.states import State as AgreementState
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.planner.states import Asked, Kind
from desist.programme.episodes.models import Allocation
from desist.programme.episodes.states import State as EpisodeState
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import State as LeavingState
from desist.programme.referrals.models import Referral
from desist.programme.service.returns import counting
from desist.programme.service.returns.counting import Line
from desist.programme.service.returns.facts import Case, Period, Sitting
from desist.programme.service.returns.policy import Action
from desist.programme.sessions.models import BEFOREHAND, OF_THE_COURSE, Session
from desist.programme.sessions.states import OF_THE_TWELVE, FollowUp
from desist.programme.sessions.states import Kind as SessionKind
from desist.programme.sessions.states import State as SessionState
from desist.wall import gate
from desist.wall.actors import Actor

#: a session given up later than this before it begins is hard to give to another person
LATE = timedelta(hours=24)
#: the columns of a referral, besides the days that other tables hold
READ = (
    *("completed_at", "referrer_kind", "route", "state", "decline_reason", "withdraw_reason"),
    *("born", "need_kinds"),
    *("episode__opened_at", "episode__ended_at", "episode__state", "episode__agreement__state"),
    *("episode__agreement__requirement", "episode__agreement__answered_on"),
    *("episode__agreement__withdrawal_reason", "episode__agreement__withdrawn_at"),
)
ADDED = ("assessed", "allocated", "started", "start_unknown", "left_reason", "left_stage")


def returns(*, actor: Actor, period: Period, at: datetime) -> tuple[Line, ...]:
    """Return every line of the returns of a period, about the people that the actor may see."""
    rows = gate.see(actor, Action.SEE_RETURNS, Referral, at=at)
    return counting.returns(
        cases=cases(rows, period=period, at=at),
        sittings=sittings(rows, period=period, at=at),
        late=late_changes(rows, period=period),
        period=period,
        cut=_day(at),
    )


def cases(rows: QuerySet[Referral], *, period: Period, at: datetime) -> tuple[Case, ...]:
    """Return the people that a period's returns can be about."""
    return tuple(case for _, case in people(rows, period=period, at=at))


def people(
    rows: QuerySet[Referral], *, period: Period, at: datetime, added: Collection[str] = ADDED
) -> tuple[tuple[str, Case], ...]:
    """Return the people that a period's returns can be about, each after the reference of the referral.

    `added` names what other tables say that is wanted: a page that shows less reads less.
    """
    start, end = _bounds(period)
    # open at any time in the period: there on its last day, or gone within it
    there = Q(episode__opened_at__lt=end) & (Q(episode__ended_at=None) | Q(episode__ended_at__gte=start))
    answered = Q(episode__agreement__answered_on__range=(period.first, period.last))
    withdrawn = Q(episode__agreement__withdrawn_at__range=(start, end))
    opened = Q(episode__opened_at__range=(start, end))
    wanted = rows.filter(
        Q(completed_at__gte=start, completed_at__lt=end) | there | answered | withdrawn | opened
    )
    days = {name: found for name, found in _days(at).items() if name in added}
    said = wanted.annotate(**days).values("ref", *READ, *days)
    return tuple((row["ref"], _case(row)) for row in said)


def sittings(rows: QuerySet[Referral], *, period: Period, at: datetime) -> tuple[Sitting, ...]:
    """Return the sessions that began in a period; without cancelled ones, and those that are not over."""
    start, end = _bounds(period)
    later = Session.objects.filter(
        episode=OuterRef("episode"), state=SessionState.ATTENDED, period__startswith__gt=OuterRef("began")
    ).order_by("period")
    beforehand = Exists(Session.objects.filter(BEFOREHAND, pk=OuterRef("pk")))
    held = (
        Session.objects.filter(OF_THE_COURSE, episode__referral__in=rows)
        .exclude(state=SessionState.CANCELLED)
        .exclude(state=SessionState.PLANNED, period__endswith__gte=at)
        .annotate(began=F("period__startswith"))
        .filter(began__gte=start, began__lt=min(end, at))
    )
    next_met = Subquery(later.values("period__startswith")[:1])
    found = held.annotate(met=next_met, before=beforehand).values_list(
        "began", "state", "whose_reason", "follow_up", "tried_on", "met", "before", "number", "kind"
    )
    return tuple(
        Sitting(_day(began), state, whose, _reached(how, spoke, met), before, number, kind in OF_THE_TWELVE)
        for began, state, whose, how, spoke, met, before, number, kind in found
    )


def late_changes(rows: QuerySet[Referral], *, period: Period) -> tuple[date, ...]:
    """Return the days of sessions cancelled or moved by people at the last moment; one moved twice counts once."""
    start, end = _bounds(period)
    asked = (
        Move.objects.filter(session__episode__referral__in=rows, asked_by=Asked.PERSON)
        .exclude(session__kind=SessionKind.MOTIVATIONAL)
        .annotate(planned=F("before__startswith"))
        .filter(planned__gte=start, planned__lt=end, made_at__gt=F("planned") - LATE)
        # a change typed after the session, or for one held earlier, does not show when the person asked
        .filter(made_at__lt=F("planned"))
        .exclude(kind=Kind.HELD)
    )
    found = asked.values_list("session", "planned").distinct()
    return tuple(_day(planned) for _, planned in found)


def _days(at: datetime) -> dict[str, Any]:
    """Return what other tables say of a referral: always the first, so that a later row never counts in its place."""
    finished = Assessment.objects.filter(episode__referral=OuterRef("pk"), state=AssessmentState.FINISHED)
    allocated = Allocation.objects.filter(episode__referral=OuterRef("pk"))
    first = Session.objects.filter(episode__referral=OuterRef("pk"), number=1, kind__in=OF_THE_TWELVE)
    left = Leaving.objects.filter(episode__referral=OuterRef("pk"), state=LeavingState.ENDED).order_by(
        "-ended_at"
    )
    return {
        "assessed": Subquery(finished.order_by("period").values("period__startswith")[:1]),
        "allocated": Subquery(
            allocated.order_by().values("episode").annotate(first=Min("made_at")).values("first")
        ),
        "started": Exists(first.filter(state=SessionState.ATTENDED)),
        "start_unknown": Exists(first.filter(state=SessionState.PLANNED, period__endswith__lt=at)),
        "left_reason": Subquery(left.values("reason")[:1]),
        "left_stage": Subquery(left.values("phase")[:1]),
    }


def _case(row: Mapping[str, Any]) -> Case:
    state, requirement = row["episode__agreement__state"] or "", row["episode__agreement__requirement"]
    if state == AgreementState.WITHDRAWN:  # a person who withdrew had taken part
        state = AgreementState.REQUIRED if requirement else AgreementState.AGREED
    return Case(
        received=_day(row["completed_at"]),
        source=row["referrer_kind"],
        route=row["route"],
        state=row["state"],
        accepted=row["episode__opened_at"] is not None,
        decline_reason=row["decline_reason"],
        withdraw_reason=row["withdraw_reason"],
        opened=_day_or_none(row["episode__opened_at"]),
        assessed=_day_or_none(row.get("assessed")),
        allocated=_day_or_none(row.get("allocated")),
        ended=_day_or_none(row["episode__ended_at"]),
        answer="" if state == AgreementState.NOT_ASKED else str(state),
        answered=row["episode__agreement__answered_on"],
        withdrawal_reason=row["episode__agreement__withdrawal_reason"] or "",
        withdrawn=_day_or_none(row["episode__agreement__withdrawn_at"]),
        started=row.get("started", False),
        start_unknown=row.get("start_unknown", False),
        completed=row["episode__state"] == EpisodeState.COMPLETED,
        age=_years(row["born"], _day(row["completed_at"])),
        needs=tuple(row["need_kinds"]),
        left_reason=row.get("left_reason") or "",
        left_stage=row.get("left_stage") or "",
    )


def _reached(how: str, spoke: date | None, met: datetime | None) -> date | None:
    """Return the first day on which the service spoke with a person or met them; a left message counts as neither."""
    days = [spoke] if spoke and how == FollowUp.SPOKE else []
    return min([*days, *([_day(met)] if met else [])], default=None)


def _bounds(period: Period) -> tuple[datetime, datetime]:
    midnight = datetime.min.time()
    start = datetime.combine(period.first, midnight, tzinfo=clocks.LONDON)
    return start, datetime.combine(period.last + timedelta(days=1), midnight, tzinfo=clocks.LONDON)


def _day(moment: datetime) -> date:
    return moment.astimezone(clocks.LONDON).date()


def _day_or_none(moment: datetime | None) -> date | None:
    return _day(moment) if moment else None


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
