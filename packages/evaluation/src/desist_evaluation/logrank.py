"""Whether groups differ in the time to their first event: the log-rank test."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.lifetables import Column, Ends, Floats, Integers, life_table, read_times
from desist_evaluation.result import Interval, Result, finite, p_text, result


@dataclass(frozen=True, kw_only=True, slots=True)
class LogRank:
    """Observed and expected events a group, their covariance, and the test.

    `ended` counts people by time (a row, `times`) and by group and end (a column each): all that the test depends on.
    """

    times: Floats
    ended: Integers
    sizes: Integers
    observed: Floats
    expected: Floats
    covariance: Floats
    chi2: float
    df: int
    p: float

    def peto(self, *, level: float) -> tuple[float, float, float]:
        """The hazard ratio of the second of two groups by Peto's one step, with its limits."""
        variance = float(self.covariance[1, 1])
        if variance <= 0:
            return math.nan, 0.0, math.inf
        centre = float(self.observed[1] - self.expected[1]) / variance
        half = float(special.ndtri((1 + level) / 2)) / math.sqrt(variance)
        return math.exp(centre), _exp(centre - half), _exp(centre + half)


def _exp(value: float) -> float:
    return math.exp(value) if value < 700 else math.inf


def read_compared(t: object, e: object) -> Ends:
    """Return times and ends of people to compare. Refuses a missing time or end."""
    ends = read_times(t, e)
    if ends.missing:
        raise InvalidInputError(
            "t", "must be known for everyone compared; leave people out openly and say how many"
        )
    return ends


def read_groups(group: object, *, length: int) -> tuple[list[str], Integers]:
    """Return the groups' labels in order, and each person's place among them."""
    entries = checks.sequence(field="group", value=group)
    if len(entries) != length:
        raise InvalidInputError("group", f"must be as long as t ({len(entries)} and {length})")
    if (
        isinstance(group, np.ndarray)
        and group.dtype.kind in "biu"
        and group.min() >= 0
        and group.max() < 1000
    ):
        codes = group.astype(np.int64, copy=False)
        present = np.flatnonzero(np.bincount(codes))
        labels = [str(value) for value in present]
        return labels, codes if len(present) > present[-1] else np.searchsorted(present, codes)
    if any(entry is None or isinstance(entry, list | dict) for entry in entries):
        raise InvalidInputError("group", "must name a group for everyone")
    names, places = np.unique(np.array([str(entry) for entry in entries]), return_inverse=True)
    return [str(name) for name in names], places


def compare(ends: Ends, groups: Integers, count: int) -> LogRank:
    """The log-rank test of `count` groups, with the hypergeometric variance for ties."""
    counted = life_table(replace(ends, codes=groups * 2 + ends.codes), 2 * count)
    table = counted.ended.reshape(-1, count, 2).transpose(1, 0, 2).astype(float)
    at_risk = np.cumsum(table.sum(axis=2)[:, ::-1], axis=1)[:, ::-1]
    happened = table[:, :, 1]
    total, events = at_risk.sum(axis=0), happened.sum(axis=0)
    used = events > 0
    at_risk, total, events = at_risk[:, used], total[used], events[used]
    share = at_risk / total
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(total > 1, events * (total - events) / (total - 1), 0.0)
    covariance = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    observed, expected = happened.sum(axis=1), (share * events).sum(axis=1)
    chi2, df = _statistic(observed - expected, covariance)
    p = float(special.chdtrc(df, chi2)) if df else 1.0
    return LogRank(
        times=counted.times,
        ended=counted.ended,
        sizes=counted.ended.reshape(-1, count, 2).sum(axis=(0, 2)),
        observed=observed,
        expected=expected,
        covariance=covariance,
        chi2=chi2,
        df=df,
        p=p,
    )


def _statistic(difference: Floats, covariance: Floats) -> tuple[float, int]:
    """The quadratic form over all groups but the last that can differ."""
    able = np.flatnonzero(np.diag(covariance) > 1e-12)
    kept = able[:-1]
    if not len(kept):
        return 0.0, 0
    part = difference[kept]
    return float(part @ np.linalg.solve(covariance[np.ix_(kept, kept)], part)), len(kept)


def logrank_test(
    *,
    t: Column,
    e: Column,
    group: Sequence[object] | NDArray[np.generic],
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Compare groups in their time to the first event, groups in the order of their labels.

    With two groups the estimate is Peto's hazard ratio of the second over the first.
    """
    ends = read_compared(t, e)
    labels, groups = read_groups(group, length=len(ends.times))
    confidence = checks.level(level)
    if len(labels) < 2:
        raise InvalidInputError("group", "must name at least two groups with people in them")
    found = compare(ends, groups, len(labels))
    sizes = found.sizes
    ratio, low, high = found.peto(level=confidence) if len(labels) == 2 else (math.nan, 0.0, math.inf)
    return result(
        "logrank_test",
        inputs={"times": found.times, "ended": found.ended, "labels": labels, "level": confidence},
        finding=_finding(labels, sizes, found, ratio),
        estimate=ratio,
        interval=_interval(ratio, (low, high), confidence),
        n=len(ends.times),
        events=int(found.observed.sum()),
        usual=Design.UNADJUSTED,
        no_difference=1,
        warnings=_warnings(sizes, found),
        values={
            "chi2": found.chi2,
            "df": found.df,
            "p": found.p,
            "groups": labels,
            "sizes": sizes,
            "observed": found.observed,
            "expected": found.expected,
            "hazard_ratio": finite(ratio),
        },
        about=about,
    )


def _finding(labels: list[str], sizes: Integers, found: LogRank, ratio: float) -> str:
    parts = [
        f"{label}: {observed:.0f} events in {size:,} people, {expected:.1f} expected"
        for label, size, observed, expected in zip(labels, sizes, found.observed, found.expected, strict=True)
    ]
    known = math.isfinite(ratio)
    last = f"; hazard ratio of the second over the first {ratio:.2f}" if known else ""
    return f"{'; '.join(parts)}; log-rank {p_text(found.p)}{last}"


def _interval(ratio: float, limits: tuple[float, float], level: float) -> Interval | None:
    if not math.isfinite(ratio):
        return None
    return Interval.of(low=limits[0], high=limits[1], method="Peto's one step", level=level)


def _warnings(sizes: Integers, found: LogRank) -> list[str]:
    warnings = []
    if found.observed.sum() == 0:
        warnings.append("Nobody had an event: the groups cannot be told apart.")
    elif found.expected.min() < 5:
        warnings.append("Fewer than five events were expected in a group: the p-value is rough.")
    if sizes.min() < 10:
        warnings.append("A group has fewer than 10 people.")
    return warnings
