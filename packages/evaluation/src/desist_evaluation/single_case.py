"""One person's diary before and after a change: overlap of two phases, with the variant of each index named."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy import optimize, special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Interval, Result, result

DIRECTIONS = {"increase": 1, "decrease": -1}
SHORT_BASELINE = 5
SEARCHED = 20_000


def read_phases(a: object, b: object, improvement: object) -> tuple[np.ndarray, np.ndarray, int]:
    """Return both phases turned so that more is better, without missing days, and how many were missing."""
    direction = DIRECTIONS[checks.choice(field="improvement", value=improvement, options=DIRECTIONS)]
    phases, missing = [], 0
    for name, days in (("A", a), ("B", b)):
        entries = checks.sequence(field=name, value=days)
        known = [
            checks.number(field=f"{name}[{day}]", value=value)
            for day, value in enumerate(entries)
            if value is not None
        ]
        if not known:
            raise InvalidInputError(name, "must have at least one day with a value")
        missing += len(entries) - len(known)
        phases.append(direction * np.array(known))
    return phases[0], phases[1], missing


def pairs_difference(first: np.ndarray, second: np.ndarray) -> int:
    """Return Kendall's S between phases: pairs in which the second is larger minus those in which it is smaller."""
    return int(np.sign(second[None, :] - first[:, None]).sum())


def nap_limits(nap: float, m: int, n: int, level: float) -> tuple[float, float]:
    """Newcombe's score interval of the probability that a value of B beats one of A (2006, his method 5)."""
    z2, h = float(special.ndtri((1 + level) / 2)) ** 2, (m + n) / 2 - 1

    def beyond(p: float) -> float:
        variance = p * (1 - p) * (1 + h * (1 - p) / (2 - p) + h * p / (1 + p)) / (m * n)
        return float((nap - p) ** 2 - z2 * variance)

    low = 0.0 if nap == 0 else float(optimize.brentq(beyond, 0, min(nap, 1 - 1e-12)))
    high = 1.0 if nap == 1 else float(optimize.brentq(beyond, max(nap, 1e-12), 1))
    return low, high


def fewest_removed(first: np.ndarray, second: np.ndarray) -> int:
    """Return the fewest values to remove, in both phases together, so that every B lies above every A."""
    limits = np.unique(np.concatenate([first, second]))
    inclusive = (first[:, None] >= limits).sum(axis=0) + (second[:, None] < limits).sum(axis=0)
    exclusive = (first[:, None] > limits).sum(axis=0) + (second[:, None] <= limits).sum(axis=0)
    return int(min(inclusive.min(), exclusive.min()))


def lag_one(first: np.ndarray, second: np.ndarray) -> float | None:
    """The lag-1 autocorrelation of both phases around their own means; None where nothing varies."""
    rest = [phase - phase.mean() for phase in (first, second)]
    below = sum(float((part**2).sum()) for part in rest)
    return sum(float((part[1:] * part[:-1]).sum()) for part in rest) / below if below > 0 else None


def permutation_p(first: np.ndarray, second: np.ndarray, seed: int) -> tuple[float, str]:
    """How often days dealt to phases at random differ by as much: every dealing, or 20,000 drawn ones."""
    pooled, m = np.concatenate([first, second]), len(first)
    compared = np.sign(pooled[None, :] - pooled[:, None])
    seen = abs(pairs_difference(first, second))
    if math.comb(len(pooled), m) <= SEARCHED:
        chosen, method = np.array(list(combinations(range(len(pooled)), m))), "every dealing of days"
    else:
        draws = np.random.default_rng(seed).random((SEARCHED, len(pooled)))
        chosen, method = np.argsort(draws, axis=1)[:, :m], f"{SEARCHED:,} dealings, seed {seed}"
    dealt = np.zeros((len(chosen), len(pooled)))
    np.put_along_axis(dealt, chosen, 1.0, axis=1)
    totals = np.abs(((dealt @ compared) * (1 - dealt)).sum(axis=1))
    extreme = int((totals >= seen - 1e-9).sum())
    exact = method == "every dealing of days"
    return (extreme / len(chosen) if exact else (extreme + 1) / (len(chosen) + 1)), method


def phase_warnings(first: np.ndarray, missing: int, lag: float | None) -> list[str]:
    """Return the warnings that belong beside every comparison of two phases of one person."""
    warnings = []
    if len(first) < SHORT_BASELINE:
        warnings.append(
            f"The baseline has {len(first)} days, fewer than {SHORT_BASELINE}: show the graph, do not compare phases."
        )
    if missing:
        warnings.append(
            f"{missing} days without an entry were left out; days without an entry are seldom ordinary days."
        )
    if lag is not None and abs(lag) > 0.2:
        warnings.append(
            f"Days depend on the days before them (lag-1 correlation {lag:.2f}): interval and p are too sure."
        )
    return warnings


def overlap(
    *,
    A: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    B: Sequence[float | None],  # noqa: N803  # the field's own names for the two phases
    improvement: str = "increase",
    seed: int = 0,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Non-overlap of phase A (before) and phase B: NAP, PND, PEM, PAND, IRD and Tau; the estimate is NAP.

    `improvement` is "increase" or "decrease" (an urge: decrease). `seed` is for the permutation p of long series.
    """
    first, second, missing = read_phases(A, B, improvement)
    confidence, start = checks.level(level), checks.count(field="seed", value=seed)
    m, n = len(first), len(second)
    s = pairs_difference(first, second)
    nap = (s / (m * n) + 1) / 2
    lag = lag_one(first, second)
    p, how = permutation_p(first, second, start)
    indices = _indices(first, second)
    return result(
        "overlap",
        inputs={"A": first, "B": second, "level": confidence, "seed": start},
        finding=f"{m} days before and {n} after; a day after is better than a day before in {100 * nap:.1f}% of pairs",
        estimate=nap,
        interval=_interval(nap, m, n, confidence),
        n=m + n,
        missing=missing,
        no_difference=0.5,
        warnings=phase_warnings(first, missing, lag),
        values={
            "nap": nap,
            "tau": s / (m * n),
            **indices,
            **_percentages({"nap": nap, **indices}),
            "mean_difference": DIRECTIONS[improvement] * float(second.mean() - first.mean()),
            "lag_1": lag,
            "p_permutation": p,
            "permutation": how,
        },
        about=about,
    )


def _interval(nap: float, m: int, n: int, level: float) -> Interval:
    low, high = nap_limits(nap, m, n, level)
    return Interval.of(
        low=low, high=high, method="Newcombe's score interval, days as independent", level=level
    )


def _percentages(indices: Mapping[str, float]) -> dict[str, float]:
    return {f"{name}_pct": 100 * indices[name] for name in ("nap", "pnd", "pem")}


def _indices(first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """PND, PEM (ties with the median count half), PAND, and the robust IRD, which shares the overlap evenly."""
    m, n = len(first), len(second)
    median = np.median(first)
    pand = 1 - fewest_removed(first, second) / (m + n)
    return {
        "pnd": float((second > first.max()).mean()),
        "pem": float((second > median).mean() + (second == median).mean() / 2),
        "pand": pand,
        "ird": ((m + n) ** 2 * pand - m**2 - n**2) / (2 * m * n),
    }
