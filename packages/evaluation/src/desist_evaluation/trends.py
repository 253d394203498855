"""A person's diary whose baseline had a trend of its own: Tau-U, corrected Tau, rank correlation."""

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy import stats

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Result, finite, result
from desist_evaluation.single_case import lag_one, pairs_difference, phase_warnings, read_phases


def trend(values: np.ndarray) -> int:
    """Kendall's S of a series with time."""
    return int(sum(np.sign(later - earlier) for earlier, later in combinations(values, 2)))


def tau_u(
    *,
    A: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    B: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    improvement: str = "increase",
    about: About | None = None,
) -> Result:
    """Tau between phases, and Tau-U: S between phases less S of the baseline's trend, over the pairs between phases.

    The variant of Parker, Vannest, Davis and Sauber 2011 as in SingleCaseES; others divide by other pairs.
    """
    first, second, missing = read_phases(A, B, improvement)
    pairs = len(first) * len(second)
    s, baseline = pairs_difference(first, second), trend(first)
    corrected = (s - baseline) / pairs
    return result(
        "tau_u",
        inputs={"A": first, "B": second},
        finding=f"Tau-U {corrected:.2f} (Tau {s / pairs:.2f} less the baseline's own trend)",
        estimate=corrected,
        n=len(first) + len(second),
        missing=missing,
        warnings=phase_warnings(first, missing, lag_one(first, second)),
        values={
            "tau": s / pairs,
            "tau_u": corrected,
            "s_between": s,
            "s_baseline": baseline,
            "variant": "S between phases less S of the baseline, over pairs between phases",
        },
        about=about,
    )


def rank_correlation(x: np.ndarray, y: np.ndarray) -> tuple[int, float]:
    """Kendall's S and tau-b, 0 where one side does not vary."""
    sides = [np.sign(side[None, :] - side[:, None]) for side in (x, y)]
    upper = np.triu_indices(len(x), 1)
    s = int((sides[0] * sides[1])[upper].sum())
    untied = math.sqrt(float(np.abs(sides[0])[upper].sum()) * float(np.abs(sides[1])[upper].sum()))
    return s, s / untied if untied else 0.0


def baseline_corrected_tau(
    *,
    A: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    B: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    improvement: str = "increase",
    correct: str = "if significant",
    alpha: float = 0.05,
    about: About | None = None,
) -> Result:
    """Tau after the baseline's Theil-Sen trend is taken out of both phases (Tarlow 2017).

    `correct` is "if significant" (the baseline's trend has p < alpha), "always" or "never". tau_bc is S over the
    pairs between phases, tau_b Kendall's with ties.
    """
    first, second, missing = read_phases(A, B, improvement)
    when = checks.choice(field="correct", value=correct, options=("if significant", "always", "never"))
    limit = checks.inside(field="alpha", value=alpha, low=0, high=1)
    p = _trend_p(first)
    corrected = when == "always" or (when == "if significant" and p < limit)
    slope, intercept = _theil_sen(first) if corrected else (0.0, 0.0)
    days = np.arange(1, len(first) + len(second) + 1)
    rest = np.round(np.concatenate([first, second]) - intercept - slope * days, 9)
    before, after = rest[: len(first)], rest[len(first) :]
    s = pairs_difference(before, after)
    tau = s / (len(first) * len(second))
    phase = np.repeat([0.0, 1.0], [len(first), len(second)])
    return result(
        "baseline_corrected_tau",
        inputs={"A": first, "B": second, "correct": when, "alpha": limit},
        finding=f"Tau {tau:.2f} {'after' if corrected else 'without'} correcting for the baseline's trend",
        estimate=tau,
        n=len(first) + len(second),
        missing=missing,
        warnings=phase_warnings(first, missing, lag_one(before, after)),
        values={
            "tau_bc": tau,
            "tau": pairs_difference(first, second) / (len(first) * len(second)),
            "tau_b": rank_correlation(phase, rest)[1],
            "corrected": corrected,
            "baseline_trend_p": p,
            "slope": slope,
            "intercept": intercept,
        },
        about=about,
    )


def _trend_p(values: np.ndarray) -> float:
    if len(values) < 2 or np.ptp(values) == 0:
        return 1.0
    return float(stats.kendalltau(np.arange(len(values)), values).pvalue)


def _theil_sen(values: np.ndarray) -> tuple[float, float]:
    days = np.arange(1, len(values) + 1)
    slopes = [(values[j] - values[i]) / (j - i) for i, j in combinations(range(len(values)), 2)]
    slope = float(np.median(slopes)) if slopes else 0.0
    return slope, float(np.median(values - slope * days))


def kendall_tau_b(*, x: Sequence[float], y: Sequence[float], about: About | None = None) -> Result:
    """Kendall's rank correlation with ties; p by scipy (exact without ties in small samples)."""
    first, second = (
        np.array(checks.numbers(field=name, value=side, least=2)) for name, side in (("x", x), ("y", y))
    )
    if len(first) != len(second):
        raise InvalidInputError("y", f"must be as long as x ({len(second)} and {len(first)})")
    varies = np.ptp(first) > 0 and np.ptp(second) > 0
    s, tau = rank_correlation(first, second)
    p = float(stats.kendalltau(first, second).pvalue) if varies else math.nan
    return result(
        "kendall_tau_b",
        inputs={"x": first, "y": second},
        finding=f"Rank correlation {tau:.2f} over {len(first)} pairs"
        + ("" if varies else ": one side does not vary"),
        estimate=tau if varies else None,
        n=len(first),
        warnings=[] if varies else ["One side has a single value: there is no correlation to speak of."],
        values={"S": s, "tau_b": tau if varies else None, "p": finite(p)},
        about=about,
    )
