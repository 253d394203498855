"""The share with the main outcome over time, arm by arm: the drawing, and a table with people at risk."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desist_evaluation.proportions import exact_limits
from desist_evaluation.result import Result
from desist_evaluation.study.charts import CurveChart, Steps, curve_chart
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.follow import Followed, Numbers, incidence
from desist_evaluation.study.plan import COMPETING, StudyPlan
from desist_evaluation.study.tables import Cell, Table, percent
from desist_evaluation.survival import FEW

#: The ends of people's time, in the order of the table's last columns.
COUNTS = ("events1", *(f"events{place + 2}" for place in range(len(COMPETING))), "censored")
#: A curve has at most about this many steps, and a table this many rows an arm.
STEPS, ROWS = 365, 6


def curves(
    data: StudyData, plan: StudyPlan, people: Followed
) -> tuple[CurveChart, Table, tuple[Result, ...]]:
    """Return the chart of every arm with people in it, its table, and each arm's share at the horizon."""
    arms = [arm for arm in data.arms if people.of(arm).any()]
    fine = sorted({*range(0, plan.horizon + 1, max(1, plan.horizon // STEPS)), plan.horizon})
    coarse = sorted({round(plan.horizon * part / ROWS) for part in range(1, ROWS + 1)})
    drawn = [
        _steps(arm, people.days[people.of(arm)], incidence(people, people.of(arm), times=fine, plan=plan))
        for arm in arms
    ]
    told = {arm: incidence(people, people.of(arm), times=coarse, plan=plan) for arm in arms}
    table = Table(
        name="curve",
        title=f"{people.definition}: share with an event, and people at risk",
        columns=(
            *("Arm", "Day", "At risk", "With an event, %", "Low", "High"),
            *("With an event", *(f"Stopped by {kind}" for kind in COMPETING), "Follow-up over"),
        ),
        rows=tuple(row for arm, found in told.items() for row in _rows(arm, found, plan.level)),
        notes=(
            "Aalen and Johansen's cumulative incidence; without competing events it is 1 minus Kaplan and Meier's curve.",
            "At risk: just before the day. With an event, stopped and over: by the day, that day included.",
            f"A curve ends where fewer than {FEW} people are at risk: do not read it beyond.",
        ),
    )
    return curve_chart(drawn, horizon=plan.horizon), table, tuple(told.values())


def _column(found: Result, name: str) -> NDArray[np.float64]:
    return np.asarray(found.values[name], dtype=float)


def _steps(arm: str, ends: Numbers, found: Result) -> Steps:
    """Return a curve as far as it can be read."""
    enough = int((_column(found, "at_risk") >= FEW).sum())
    low, high = (
        [None if np.isnan(limit) else float(limit) for limit in _column(found, name)[:enough]]
        for name in ("low1", "high1")
    )
    return Steps(
        name=arm_title(arm),
        ends=ends.tolist(),
        days=_column(found, "times")[:enough].tolist(),
        share=_column(found, "cif1")[:enough].tolist(),
        low=low,
        high=high,
    )


def _rows(arm: str, found: Result, level: float) -> list[tuple[Cell, ...]]:
    shares = [_column(found, name).tolist() for name in ("times", "at_risk", "cif1", "low1", "high1")]
    counts = zip(*(_counted(found, name) for name in COUNTS), strict=True)
    return [
        (arm_title(arm), int(day), int(at_risk), *map(percent, _limits(limits, int(at_risk), level)), *ended)
        for (day, at_risk, *limits), ended in zip(zip(*shares, strict=True), counts, strict=True)
    ]


def _counted(found: Result, name: str) -> list[int]:
    """Return a count at each day; nought where no person in the arm ended that way."""
    if name not in found.values:
        return [0] * len(_column(found, "times"))
    return [int(count) for count in _column(found, name).tolist()]


def _limits(shares: Sequence[float], at_risk: int, level: float) -> list[float | None]:
    """Return share, low and high; before the first event the exact limits of 0 of those at risk."""
    if shares[0] == 0 and at_risk:
        return [0.0, *exact_limits(0, at_risk, level)]
    return [None if math.isnan(share) else share for share in shares]
