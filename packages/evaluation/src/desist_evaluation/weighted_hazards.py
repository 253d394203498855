"""A hazard ratio with the arms made alike by weighting: a marginal Cox model of the arm alone, with a robust variance."""

from collections.abc import Mapping

import numpy as np
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.cox import Cohort, SeparationError, read_cohort
from desist_evaluation.design import About, Design
from desist_evaluation.lifetables import Column, Floats
from desist_evaluation.result import Interval, Result, p_text, result
from desist_evaluation.weighting import People, arms_of, balance, inverse_weights, still_apart

#: Newton's steps, each at most 1: a log hazard ratio that is still moving then has no end.
STEPS = 30


def weighted_hazard_ratio(
    *,
    t: Column,
    e: Column,
    treated: Column,
    covariates: Mapping[str, Column],
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return the hazard ratio of the treated over the others, if both had everyone's mix of recorded covariates.

    Each person is weighted by the share of their arm over their chance of being in it (stabilised inverse probability
    weights). The variance is robust, and takes the weights as known: it is a little too wide, never too narrow.
    """
    cohort = read_cohort(t, e, {"treated": treated, **_without_name(covariates)})
    confidence = checks.level(level)
    people = _people(cohort)
    if not all(cohort.ends[rows].any() for rows in arms_of(people)):
        raise SeparationError("treated: has no finite hazard ratio: only one arm has events")
    weights = stabilised(people)
    coefficient, error = _fitted(cohort, weights)
    own = _term(coefficient, error, confidence)
    ratio, p = own["hazard_ratio"], own["p"]
    return result(
        "weighted_hazard_ratio",
        inputs={"t": cohort.times, "e": cohort.ends, "rows": cohort.rows, "level": confidence},
        finding=f"{len(cohort.times):,} people weighted to be alike on {', '.join(people.names)}, "
        f"{cohort.ends.sum():,} events; hazard ratio of the treated {ratio:.2f}, {p_text(p)}",
        estimate=ratio,
        interval=Interval.of(low=own["low"], high=own["high"], method="IPTW, robust", level=confidence),
        n=len(cohort.times),
        events=int(cohort.ends.sum()),
        usual=Design.ADJUSTED,
        no_difference=1,
        warnings=_warnings(people, weights),
        values={
            **own,
            **balance(people, weights),
            "largest_weight": float(weights.max()),
        },
        about=about,
    )


def _term(coefficient: float, error: float, level: float) -> dict[str, float]:
    z = float(special.ndtri((1 + level) / 2))
    return {
        "coef": coefficient,
        "hazard_ratio": float(np.exp(coefficient)),
        "se": error,
        "p": float(2 * special.ndtr(-abs(coefficient / error))),
        "low": float(np.exp(coefficient - z * error)),
        "high": float(np.exp(coefficient + z * error)),
    }


def _without_name(covariates: object) -> Mapping[str, Column]:
    if not isinstance(covariates, Mapping) or not covariates or "treated" in covariates:
        raise InvalidInputError(
            "covariates", "must name at least one covariate with a list of values, and none of them treated"
        )
    return covariates


def _people(cohort: Cohort) -> People:
    treated = cohort.rows[:, 0]
    if not set(treated.tolist()) <= {0.0, 1.0}:
        raise InvalidInputError("treated", "must be 0 or 1")
    return People(treated=treated, outcome=cohort.ends, covariates=cohort.rows[:, 1:], names=cohort.names[1:])


def stabilised(people: People) -> Floats:
    """Inverse probability weights times the share of each person's own arm, so that they are 1 on average."""
    share = float(people.treated.mean())
    return np.asarray(inverse_weights(people) * np.where(people.treated == 1, share, 1 - share), dtype=float)


def _fitted(cohort: Cohort, weights: Floats) -> tuple[float, float]:
    """The log hazard ratio and its robust standard error, by Newton's steps. Raises `SeparationError`."""
    coefficient = 0.0
    for _ in range(STEPS):
        score, information, residuals = _parts(cohort, weights, coefficient)
        step = score / information
        if abs(step) < 1e-10:
            return coefficient, float(np.sqrt(((weights * residuals) ** 2).sum())) / information
        coefficient += min(1.0, max(-1.0, step))
    raise SeparationError(
        "covariates: leave hardly anyone alike in both arms: the weighted hazard ratio has no finite value"
    )


def _parts(cohort: Cohort, weights: Floats, coefficient: float) -> tuple[float, float, Floats]:
    """The weighted score and information (Breslow's ties), and each person's score residual (Lin and Wei)."""
    treated = cohort.rows[:, 0]
    times, place = np.unique(cohort.times, return_inverse=True)
    hazard = np.exp(coefficient * treated)

    def by_day(values: Floats) -> Floats:
        return np.asarray(np.bincount(place, values, minlength=len(times)), dtype=float)

    at_risk, of_them = (
        np.cumsum(by_day(weights * hazard * part)[::-1])[::-1] for part in (np.ones(len(treated)), treated)
    )
    share, dying = of_them / at_risk, by_day(weights * cohort.ends)
    passed, expected = np.cumsum(dying / at_risk), np.cumsum(dying * share / at_risk)
    residuals = cohort.ends * (treated - share[place]) - hazard * (treated * passed[place] - expected[place])
    score = float((weights * cohort.ends * (treated - share[place])).sum())
    return score, float((dying * share * (1 - share)).sum()), residuals


def _warnings(people: People, weights: Floats) -> list[str]:
    warnings = still_apart(people, weights)
    if weights.max() > 10:
        warnings.append("A few people carry much of the weight: hardly anyone like them is in the other arm.")
    return warnings
