"""Areas beside each other without a league table: funnel limits, and how far areas scatter beyond chance."""

import math
from collections.abc import Sequence

import numpy as np
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Interval, Result, Unit, result

EXACT = "exact binomial, Spiegelhalter interpolation"
NORMAL = "normal approximation"
SCORE = "2*(sqrt(O)-sqrt(E))"
NO_RANKS = "Limits are for looking at an area, never for ranking areas."


def interpolated_quantile(target: float, n: int, share: float) -> float:
    """A quantile of a binomial count made continuous: the step's fraction is taken off (Spiegelhalter 2005, A.1.1)."""
    low, high = -1, n
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if special.bdtr(middle, n, target) >= share else (middle, high)
    reached = float(special.bdtr(high, n, target))
    below = float(special.bdtr(high - 1, n, target)) if high else 0.0
    return high - (reached - share) / (reached - below)


def funnel_limits(
    *,
    target: float,
    n: int,
    alpha: float = 0.05,
    method: str = EXACT,
    phi: float = 1.0,
    about: About | None = None,
) -> Result:
    """Return the limits between which areas of n people fall by chance if their true proportion is `target`.

    `phi` above 1 widens the limits for over-dispersion, by the normal approximation.
    """
    share = checks.inside(field="target", value=target, low=0, high=1)
    people = checks.count(field="n", value=n, least=1)
    risk = checks.inside(field="alpha", value=alpha, low=0, high=1)
    spread = checks.number(field="phi", value=phi)
    chosen = (
        NORMAL
        if "normal" in str(method)
        else checks.choice(field="method", value=method, options=(EXACT, NORMAL, "exact"))
    )
    if spread < 1:
        raise InvalidInputError("phi", f"must be 1 or more, not {spread:g}")
    if spread > 1 or chosen == NORMAL:
        half = float(special.ndtri(1 - risk / 2)) * math.sqrt(spread * share * (1 - share) / people)
        low, high, used = share - half, share + half, NORMAL
    else:
        low, high = (interpolated_quantile(share, people, tail) / people for tail in (risk / 2, 1 - risk / 2))
        used = EXACT
    return result(
        "funnel_limits",
        inputs={"target": share, "n": people, "alpha": risk, "phi": spread, "method": used},
        finding=f"With {people:,} people chance alone spreads a true {100 * share:.1f}% over a range",
        estimate=share,
        interval=Interval.of(low=max(0.0, low), high=min(1.0, high), method=used, level=1 - risk),
        unit=Unit.PERCENT,
        n=people,
        warnings=[NO_RANKS],
        values={"phi": spread, "unclamped": [low, high]},
        about=about,
    )


def overdispersion_phi(
    *,
    observed: Sequence[float],
    expected: Sequence[float] | None = None,
    denominators: Sequence[float] | None = None,
    z: str = SCORE,
    winsor: float = 0.1,
    about: About | None = None,
) -> Result:
    """Return how much more areas scatter than chance explains: the mean squared z, raw and with its tails pulled in.

    `expected` counts, or `denominators` to which the whole total is spread in proportion. 1 means chance alone.
    """
    counts = np.array(
        [
            checks.count(field=f"observed[{row}]", value=value)
            for row, value in enumerate(checks.sequence(field="observed", value=observed, least=2))
        ],
        dtype=float,
    )
    checks.choice(field="z", value=z, options=(SCORE,))
    tails = checks.between(field="winsor", value=winsor, low=0, high=0.49)
    fair = _expected(counts, expected, denominators)
    scores = 2 * (np.sqrt(counts) - np.sqrt(fair))
    pulled = np.clip(scores, *np.quantile(scores, [tails, 1 - tails]))
    raw, phi = float((scores**2).mean()), float((pulled**2).mean())
    warnings = [NO_RANKS]
    if phi > 1:
        warnings.append(
            "Areas scatter more than chance: unadjusted limits would call ordinary areas unusual."
        )
    return result(
        "overdispersion_phi",
        inputs={"observed": counts, "expected": fair, "winsor": tails},
        finding=f"{len(counts)} areas scatter {phi:.1f} times as much as chance alone ({raw:.1f} times before winsorising)",
        estimate=phi,
        n=len(counts),
        events=int(counts.sum()),
        warnings=warnings,
        values={"areas": len(counts), "phi_raw": raw, "phi_winsorised": phi},
        about=about,
    )


def _expected(counts: np.ndarray, expected: object, denominators: object) -> np.ndarray:
    if (expected is None) == (denominators is None):
        raise InvalidInputError("expected", "or denominators is needed, one of the two")
    name, given = ("expected", expected) if denominators is None else ("denominators", denominators)
    values = np.array(checks.numbers(field=name, value=given))
    if len(values) != len(counts):
        raise InvalidInputError(name, f"must be as long as observed ({len(values)} and {len(counts)})")
    if (values <= 0).any():
        raise InvalidInputError(
            name, "must be above zero; zero often means missing: leave the area out and say so"
        )
    return values if denominators is None else np.asarray(values * counts.sum() / values.sum())
