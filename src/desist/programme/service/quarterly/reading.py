"""The facts of a quarter as they are known at a moment, a person once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desist.programme.concerns.models import Concern
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.measures.models import Measure
from desist.programme.measures.states import Occasion
from desist.programme.plans.models import Goal
from desist.programme.referrals.models import Referral
from desist.programme.service.quarterly import counting
from desist.programme.service.quarterly.verdicts import FORMS, Totals, verdicts
from desist.programme.service.returns import queries as facts
from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.policy import Action
from desist.returns.counted import Counted
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.exclusions import restricted
from desist.wall.statements import Question, Statement, day, moment, texts


def counted(actor: Actor, quarters: Sequence[Quarter], edition: Edition, at: datetime) -> Sequence[Counted]:
    """Count quarters of the actor's area as they are known now. Cases restricted to named people are not in them."""
    shut = [ref for (ref,) in SHUT.rows()]
    without = [*shut, *facts.seconds(actor, Action.SEE_RETURNS, without=shut)]
    return [_counted(actor, Period(one.first, one.last), edition, at, without) for one in quarters]


def _counted(actor: Actor, period: Period, edition: Edition, at: datetime, without: Sequence[str]) -> Counted:
    known = facts.bounds(period, at, without=without)
    people = facts.people(gate.read(actor, Action.SEE_RETURNS, facts.PEOPLE, at=at, **known))
    gone = [ref for ref, case in people if not case.void and case.started and period.holds(case.ended)]
    return counting.count(
        cases=[case for _, case in people],
        sittings=facts.sittings(gate.within(actor, Action.SEE_RETURNS, facts.SITTINGS, **known)),
        verdicts=tuple(verdicts(gone, totals(gone))),
        goals=tuple(goals(gone).values()),
        followed=[one[:2] for one in gate.within(actor, Action.SEE_RETURNS, FOLLOWED, **known)],
        concerns=_concerns(gate.within(actor, Action.SEE_RETURNS, RAISED, **known), period),
        period=period,
        edition=edition,
    )


def totals(refs: Sequence[str]) -> Totals:
    """Return the first baseline and the last closing of each form of these referrals that have a total."""
    first: dict[tuple[str, str], float] = {}
    last: dict[tuple[str, str], float] = {}
    for ref, form, occasion, total in TOTALS.rows(refs=list(refs)):
        if occasion == Occasion.CLOSING:
            last[ref, form] = float(total or 0)  # none without a total is read
        else:
            first.setdefault((ref, form), float(total or 0))
    return {key: (first.get(key), last.get(key)) for key in first | last}


def _totals() -> QuerySet[Any]:
    """Return the totals of the forms that are compared, the earliest first."""
    rows = Measure.objects.filter(
        episode__referral__ref__in=texts("refs"),
        instrument__in=FORMS,
        occasion__in=(Occasion.BASELINE, Occasion.CLOSING),
        struck_at=None,
        total__isnull=False,
    ).order_by("taken_on", "pk")
    return rows.values_list("episode__referral__ref", "instrument", "occasion", "total")


def goals(refs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the states of the goals of each of these referrals; an empty row where none was agreed."""
    states: dict[str, tuple[str, ...]] = dict.fromkeys(refs, ())
    for ref, state in GOALS.rows(refs=list(refs)):
        states[ref] += (state,)
    return states


def _goals() -> QuerySet[Any]:
    return Goal.objects.filter(episode__referral__ref__in=texts("refs")).values_list(
        "episode__referral__ref", "state"
    )


def _followed(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the outcome of each follow-up due in a period, and what became known, both empty where nothing is recorded.

    Beside them stand whose it was, and how many months after the end.
    """
    due = FollowUp.objects.filter(
        episode__referral__in=facts.counted(rows), voided_at=None, due_on__range=(day("first"), day("last"))
    )
    return due.values_list("outcome", "known", "episode__referral__ref", "months")


def _raised(rows: QuerySet[Referral]) -> QuerySet[Any]:
    """Return the kind of each concern raised by now, and when."""
    raised = Concern.objects.filter(referral__in=facts.counted(rows), raised_at__lte=moment("now"))
    return raised.values_list("kind", "raised_at")


def _concerns(raised: Iterable[tuple[Any, ...]], period: Period) -> list[str]:
    """Return the kind of each concern raised in a period; empty where it was not asked for."""
    return [kind for kind, then in raised if period.holds(dates.day_of(then))]


SHUT = Statement(lambda: restricted().values_list("case"))
TOTALS, GOALS = Statement(_totals), Statement(_goals)
FOLLOWED, RAISED = Question(Referral, _followed), Question(Referral, _raised)
