"""A Cox model before its covariates say anything: what the fitted model is tested against, all covariates together."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from desist_evaluation.lifetables import Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Null:
    """The log-likelihood with every coefficient at nought, its slope there, and the information."""

    log_likelihood: float
    score: Floats
    information: Floats


def null_model(*, times: np.ndarray, ends: np.ndarray, rows: Floats, efron: bool) -> Null:
    """The null model of the people in `rows`, with Efron's ties or Breslow's, in sums over the distinct event times.

    Of d people who end on one day the one in place l (from nought) is drawn from the n at risk less l / d of the d by
    Efron, from all n by Breslow.
    """
    x = rows - rows.mean(axis=0)
    died = ends == 1
    days, place = np.unique(times[died], return_inverse=True)
    deaths = np.bincount(place)
    order = np.argsort(times)
    first = np.searchsorted(times[order], days)
    at_risk = len(times) - first
    below = np.vstack([np.zeros(x.shape[1]), np.cumsum(x[order], axis=0)])
    still = below[-1] - below[first]
    dying = np.column_stack([np.bincount(place, column) for column in x[died].T])
    day = np.repeat(np.arange(len(days)), deaths)
    drawn = np.arange(len(day)) - np.repeat(np.cumsum(deaths) - deaths, deaths)
    gone = drawn / deaths[day] if efron else np.zeros(len(day))
    left = at_risk[day] - gone * deaths[day]
    once, twice = (np.bincount(day, gone**power / left) for power in (0, 1))
    means = (still[day] - gone[:, None] * dying[day]) / left[:, None]
    passed = np.concatenate([[0.0], np.cumsum(once)])[np.searchsorted(days, times, side="right")]
    spread = (passed[:, None] * x).T @ x - (twice[place][:, None] * x[died]).T @ x[died]
    return Null(
        log_likelihood=-float(np.log(left).sum()),
        score=dying.sum(axis=0) - means.sum(axis=0),
        information=spread - means.T @ means,
    )


def tested(statistic: float, df: int) -> dict[str, float]:
    """A chi-square statistic with its degrees of freedom and p."""
    return {"chi2": statistic, "df": df, "p": float(special.chdtrc(df, statistic))}


def global_tests(
    *, null: Null, log_likelihood: float, coefficients: Floats, covariance: Floats
) -> dict[str, dict[str, float]]:
    """Likelihood ratio, Wald's and the score test that all coefficients are nought."""
    df = len(coefficients)
    return {
        "likelihood_ratio": tested(2 * (log_likelihood - null.log_likelihood), df),
        "wald": tested(float(coefficients @ np.linalg.solve(covariance, coefficients)), df),
        "score": tested(float(null.score @ np.linalg.solve(null.information, null.score)), df),
    }
