"""The returns of an area: the facts are read once, without a name, and counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Least, NullIf, TruncDate, TruncQuarter

from desist.merges.models import Merge
from desist.merges.states import State as MergeState
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
from desist.programme.referrals.states import DeclineReason
from desist.programme.referrals.states import State as ReferralState
from desist.programme.service.returns import counting
from desist.programme.service.returns.counting import Line
from desist.programme.service.returns.facts import VOID, Case, Period, Sitting
from desist.programme.service.returns.policy import Action
from desist.programme.sessions.models import BEFOREHAND, OF_THE_COURSE, Session
from desist.programme.sessions.states import OF_THE_TWELVE, FollowUp
from desist.programme.sessions.states import Kind as SessionKind
from desist.programme.sessions.states import State as SessionState
from desist.returns import quarters
from desist.returns.counted import seconds as again
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction
from desist.wall.statements import Question, day, moment, texts

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
    known = bounds(period, at, without=seconds(actor, Action.SEE_RETURNS))
    return counting.returns(
        cases=[case for _, case in people(gate.read(actor, Action.SEE_RETURNS, PEOPLE, at=at, **known))],
        sittings=sittings(gate.within(actor, Action.SEE_RETURNS, SITTINGS, **known)),
        late=late_changes(gate.within(actor, Action.SEE_RETURNS, LATE_CHANGES, **known)),
        period=period,
        cut=_day(at),
    )


def bounds(period: Period, at: datetime, *, without: Sequence[str] = ()) -> dict[str, object]:
    """Return the values of the questions below; `without` are references of referrals that are not counted."""
    midnight = datetime.min.time()
    return {
        "start": datetime.combine(period.first, midnight, tzinfo=clocks.LONDON),
        "end": datetime.combine(period.last + timedelta(days=1), midnight, tzinfo=clocks.LONDON),
        "first": period.first,
        "last": period.last,
        "now": at,
        "without": list(without),
    }


def seconds(actor: Actor, action: BaseAction, *, without: Sequence[str] = ()) -> list[str]:
    """Return the second referrals of one person in one quarter; where one of them was accepted, the others are the second."""
    void = [ReferralState.DECLINED, ReferralState.WITHDRAWN]
    found = [
        one
        for one in gate.within(actor, action, ALIKE, without=list(without))
        if not (one[7] in void and (one[8] == DeclineReason.DUPLICATE or one[9] in VOID))
    ]
    people = []
    for ref, family, given, born, pnc, received, *_ in sorted(
        found, key=lambda one: (one[6] is None, one[5], one[10])
    ):
        quarter = quarters.of(_day(received)).first
        keys: set[tuple[object, ...]] = {(quarter, " ".join(f"{given} {family}".casefold().split()), born)}
        people.append((ref, frozenset(keys | ({(quarter, pnc)} if pnc else set()))))
    return again(people)


def people(rows: Iterable[Sequence[Any]], *, added: Collection[str] = ADDED) -> tuple[tuple[str, Case], ...]:
    """Return the people of an answer to PEOPLE, each after the reference of the referral."""
    columns = ("ref", *READ, *added)
    return tuple((row[0], _case(dict(zip(columns, row, strict=True)))) for row in rows)


def sittings(rows: Iterable[Sequence[Any]]) -> tuple[Sitting, ...]:
    """Return the sessions of an answer to SITTINGS."""
    return tuple(
        Sitting(on, state, whose, _reached(how, spoke, met), before, number, kind in OF_THE_TWELVE)
        for on, state, whose, how, spoke, met, before, number, kind in rows
    )


def late_changes(rows: Iterable[Sequence[Any]]) -> tuple[date, ...]:
    """Return the days of sessions cancelled or moved by people at the last moment; one moved twice counts once."""
    return tuple(_day(planned) for _, planned in rows)


def counted(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return the referrals that are counted: no second record of a merge, and none whose reference is in the slot `without`."""
    merged_away = Merge.objects.filter(state=MergeState.STANDS)
    return rows.exclude(ref__in=texts("without")).exclude(ref__in=merged_away.values("second"))


def of_period(rows: QuerySet[Referral], *, added: Collection[str] = ADDED) -> QuerySet[Any]:
    """Return the people that a period's returns can be about.

    `added` names what other tables say that is wanted: a page that shows less reads less.
    """
    start, end = moment("start"), moment("end")
    # open at any time in the period: there on its last day, or gone within it
    there = Q(episode__opened_at__lt=end) & (Q(episode__ended_at=None) | Q(episode__ended_at__gte=start))
    answered = Q(episode__agreement__answered_on__range=(day("first"), day("last")))
    withdrawn = Q(episode__agreement__withdrawn_at__range=(start, end))
    opened = Q(episode__opened_at__range=(start, end))
    wanted = counted(rows).filter(
        Q(completed_at__gte=start, completed_at__lt=end) | there | answered | withdrawn | opened
    )
    days = {name: found for name, found in _added().items() if name in added}
    return wanted.annotate(**days).values_list("ref", *READ, *added)


def _sittings(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the sessions that began in a period, by days in London; without cancelled ones, and those that are not over."""
    later = Session.objects.filter(
        episode=OuterRef("episode"), state=SessionState.ATTENDED, period__startswith__gt=OuterRef("began")
    ).order_by("period")
    beforehand = Exists(Session.objects.filter(BEFOREHAND, pk=OuterRef("pk")))
    began = Q(began__gte=moment("start"), began__lt=Least(moment("end"), moment("now")))
    held = (
        Session.objects.filter(OF_THE_COURSE, episode__referral__in=counted(rows))
        .exclude(state=SessionState.CANCELLED)
        .exclude(state=SessionState.PLANNED, period__endswith__gte=moment("now"))
        .annotate(began=F("period__startswith"))
        .filter(began)
    )
    next_met = TruncDate(Subquery(later.values("period__startswith")[:1]), tzinfo=clocks.LONDON)
    on = TruncDate("began", tzinfo=clocks.LONDON)
    return held.annotate(on=on, met=next_met, before=beforehand).values_list(
        "on", "state", "whose_reason", "follow_up", "tried_on", "met", "before", "number", "kind"
    )


def _late_changes(rows: QuerySet[Referral]) -> QuerySet[Any]:
    asked = (
        Move.objects.filter(session__episode__referral__in=counted(rows), asked_by=Asked.PERSON)
        .exclude(session__kind=SessionKind.MOTIVATIONAL)
        .annotate(planned=F("before__startswith"))
        .filter(planned__gte=moment("start"), planned__lt=moment("end"), made_at__gt=F("planned") - LATE)
        # a change typed after the session, or for one held earlier, does not show when the person asked
        .filter(made_at__lt=F("planned"))
        .exclude(kind=Kind.HELD)
    )
    return asked.values_list("session", "planned").distinct()


def _alike(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return who can be there twice: whose birthday or number in the police's computer stands twice in a quarter."""
    quarter = TruncQuarter("completed_at", tzinfo=clocks.LONDON)
    numbered = counted(rows).annotate(
        same_day=Window(Count("pk"), partition_by=[F("born"), quarter]),
        same_number=Window(Count(NullIf("pnc", Value(""))), partition_by=[F("pnc"), quarter]),
    )
    return numbered.filter(Q(same_day__gt=1) | Q(same_number__gt=1)).values_list(
        *("ref", "family_name", "given_names", "born", "pnc", "completed_at", "episode", "state"),
        *("decline_reason", "withdraw_reason", "pk"),
    )


PEOPLE, SITTINGS = Question(Referral, of_period), Question(Referral, _sittings)
LATE_CHANGES, ALIKE = Question(Referral, _late_changes), Question(Referral, _alike)


def _added() -> dict[str, Any]:
    """Return what other tables say of a referral: always the first, so that a later row never counts in its place.

    Each is a value and not a condition: for a condition PostgreSQL would rather read the sessions of everyone.
    """
    finished = Assessment.objects.filter(episode=OuterRef("episode"), state=AssessmentState.FINISHED)
    allocated = Allocation.objects.filter(episode=OuterRef("episode")).order_by("made_at")
    first = Session.objects.filter(episode=OuterRef("episode"), number=1, kind__in=OF_THE_TWELVE).order_by()
    left = Leaving.objects.filter(episode=OuterRef("episode"), state=LeavingState.ENDED).order_by("-ended_at")
    attended = first.filter(state=SessionState.ATTENDED)
    unknown = first.filter(state=SessionState.PLANNED, period__endswith__lt=moment("now"))
    return {
        "assessed": Subquery(finished.order_by("period").values("period__startswith")[:1]),
        "allocated": Subquery(allocated.values("made_at")[:1]),
        "started": Subquery(attended.values("pk")[:1]),
        "start_unknown": Subquery(unknown.values("pk")[:1]),
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
        started=row.get("started") is not None,
        start_unknown=row.get("start_unknown") is not None,
        completed=row["episode__state"] == EpisodeState.COMPLETED,
        age=_years(row["born"], _day(row["completed_at"])),
        needs=tuple(row["need_kinds"]),
        left_reason=row.get("left_reason") or "",
        left_stage=row.get("left_stage") or "",
    )


def _reached(how: str, spoke: date | None, met: date | None) -> date | None:
    """Return the first day on which the service spoke with a person or met them; a left message counts as neither."""
    days = [spoke] if spoke and how == FollowUp.SPOKE else []
    return min([*days, *([met] if met else [])], default=None)


def _day(then: datetime) -> date:
    return then.astimezone(clocks.LONDON).date()


def _day_or_none(then: datetime | None) -> date | None:
    return _day(then) if then else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
