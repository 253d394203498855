"""Regression to the mean: the change in people chosen at their worst when nothing is done."""

import math
from collections.abc import Mapping

import numpy as np
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About
from desist_evaluation.result import Result, result

SIMULATED = 100_000


def fall_of_selected(*, mu: float, sd: float, reliability: float, cutoff: float, above: bool) -> float:
    """Return the expected next change of people selected beyond a cut-off, if nothing is done.

    sd (1 - r) phi(z) / (1 - Phi(z)) (Barnett, van der Pols and Dobson 2005); always towards mu, given as positive.
    """
    z = (cutoff - mu) / sd * (1 if above else -1)
    ratio = math.sqrt(2 / math.pi) / float(special.erfcx(z / math.sqrt(2)))
    return sd * (1 - reliability) * ratio


def expected_regression_to_mean(
    *,
    mu: float,
    sd: float,
    reliability: float,
    cutoff: float,
    selection: str = "above",
    about: About | None = None,
) -> Result:
    """Return how far a group chosen beyond a cut-off moves back by itself at the next measurement.

    mu and sd describe the population before selection; reliability is the correlation of two measurements.
    """
    mean, spread = checks.number(field="mu", value=mu), checks.positive(field="sd", value=sd)
    stable = checks.between(field="reliability", value=reliability, low=0, high=1)
    limit = checks.number(field="cutoff", value=cutoff)
    above = checks.choice(field="selection", value=selection, options=("above", "below")) == "above"
    if abs(limit - mean) > 100 * spread:
        raise InvalidInputError("cutoff", "must be within 100 sd of mu")
    moved = fall_of_selected(mu=mean, sd=spread, reliability=stable, cutoff=limit, above=above)
    first = mean + (1 if above else -1) * (moved / (1 - stable) if stable < 1 else 0.0)
    return result(
        "expected_regression_to_mean",
        inputs={"mu": mean, "sd": spread, "reliability": stable, "cutoff": limit, "selection": selection},
        finding=f"People chosen {selection} {limit:g} {'fall' if above else 'rise'} by {moved:.2f} with no programme at all",
        estimate=moved,
        values={
            "expected_fall" if above else "expected_rise": moved,
            "expected_change": -moved if above else moved,
            "selected_mean": first if stable < 1 else None,
        },
        about=about,
    )


def count_benchmark(*, null: Mapping[str, object], windows_ratio: float, seed: int) -> dict[str, object]:
    """Simulate people with at least `selected_from` offences before: their offences after, if nothing has any effect.

    Offences follow a Poisson law whose rate differs between people (gamma, `shape`, `mean` in the first window)
    and stays the same in each of them; a seeded simulation of 100,000 people before selection.
    """
    shape = checks.positive(field="null.shape", value=null.get("shape", 0.8))
    mean = checks.positive(field="null.mean", value=null.get("mean", 0.6))
    least = checks.count(field="null.selected_from", value=null.get("selected_from", 1))
    random = np.random.default_rng(seed)
    rates = random.gamma(shape, mean / shape, SIMULATED)
    before, after = random.poisson(rates), random.poisson(rates * windows_ratio)
    chosen = before >= least
    if not chosen.any():
        raise InvalidInputError(
            "null.mean", "must leave some people with at least the selected number of offences"
        )
    kept = before[chosen].astype(float)
    changes = after[chosen] / windows_ratio - kept
    return {
        "improved": float((changes < 0).mean()),
        "same": float((changes == 0).mean()),
        "worse": float((changes > 0).mean()),
        "not_worse": float((changes <= 0).mean()),
        "mean_change": float(changes.mean()),
        "change_pct": float(100 * changes.sum() / kept.sum()) if kept.any() else None,
        "shape": shape,
        "mean": mean,
        "selected_from": least,
        "seed": seed,
        "assumes": "no effect at all; gamma-Poisson offences, constant within a person",
    }


def score_benchmark(null: Mapping[str, object]) -> dict[str, object]:
    """The expected change of scores chosen beyond a cut-off, from the population's mu, sd, reliability and cutoff."""
    lacking = [name for name in ("mu", "sd", "reliability", "cutoff") if name not in null]
    if lacking:
        raise InvalidInputError(
            "null",
            f"must name {', '.join(lacking)}: without them nobody knows what regression to the mean gives",
        )
    found = expected_regression_to_mean(**{"selection": "above", **null})  # type: ignore[arg-type]  # checked there
    return {
        **null,
        "mean_change": found.values["expected_change"],
        "assumes": "no effect at all; normal scores",
    }
