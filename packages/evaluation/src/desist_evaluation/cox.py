"""Adjusted hazard ratios: Cox's proportional hazards, fitted by lifelines."""

import warnings as python_warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lifelines
import numpy as np
import pandas as pd
from lifelines.exceptions import ConvergenceError, ConvergenceWarning
from scipy import special

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.lifetables import Column, Floats, read_times
from desist_evaluation.null_model import global_tests, null_model
from desist_evaluation.result import Interval, Result, p_text, result

#: Fewer events for every covariate than this and the estimates wander.
EVENTS_PER_PARAMETER = 10
TIES = ("efron", "breslow")
Tests = Mapping[str, Mapping[str, float]]
#: lifelines stops at seven digits; published figures have more.
TIGHT = {"precision": 1e-14, "r_precision": 1e-15}
#: lifelines' choice between a step a day and a step a person was measured on fewer people than this.
MANY = 20_000


class SeparationError(ValueError):
    """A covariate divides those with an event from those without: its hazard ratio has no finite value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cohort:
    """Times, events and covariates of the same people, one row a person."""

    times: np.ndarray
    ends: np.ndarray
    names: tuple[str, ...]
    rows: Floats


def read_cohort(t: object, e: object, covariates: object) -> Cohort:
    """Return the cohort. Refuses missing values, covariates that do not vary, and covariates that repeat each other."""
    found = read_times(t, e)
    times, ends = found.times, found.codes
    if found.missing:
        raise InvalidInputError("t", "must be known for everyone; leave people out openly and say how many")
    if not isinstance(covariates, Mapping) or not covariates:
        raise InvalidInputError("covariates", "must name at least one covariate with a list of values")
    columns = [_column(str(name), values, len(times)) for name, values in covariates.items()]
    rows = np.column_stack(columns)
    if not ends.any():
        raise InvalidInputError("e", "must have at least one event")
    if np.linalg.matrix_rank(rows - rows.mean(axis=0)) < rows.shape[1]:
        raise InvalidInputError("covariates", "must not repeat each other: one is a sum of the others")
    return Cohort(times=times.astype(float), ends=ends, names=tuple(map(str, covariates)), rows=rows)


def _column(name: str, values: object, length: int) -> Floats:
    column = np.array(checks.numbers(field=f"covariates.{name}", value=values))
    if len(column) != length:
        raise InvalidInputError(f"covariates.{name}", f"must be as long as t ({len(column)} and {length})")
    if np.ptp(column) == 0:
        raise InvalidInputError(f"covariates.{name}", "must vary: everyone has the same value")
    return column


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Coefficients in the order of the cohort's names, their covariance, and the fit's likelihood figures."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float

    @property
    def errors(self) -> Floats:
        """The standard errors of the coefficients."""
        with np.errstate(invalid="ignore"):  # an invalid covariance gives invalid errors: `fit_cox` refuses
            return np.sqrt(np.diag(self.covariance))


def fit_cox(cohort: Cohort, ties: str) -> Fit:
    """Fit by lifelines (Efron's ties) or statsmodels (Breslow's). Raises `SeparationError`."""
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")
        python_warnings.simplefilter("error", ConvergenceWarning)
        try:
            fit = _efron(cohort) if ties == "efron" else _breslow(cohort)
        except (ConvergenceError, ConvergenceWarning, np.linalg.LinAlgError):
            raise _separated(cohort.names) from None
    scaled = np.abs(fit.coefficients) * cohort.rows.std(axis=0)
    if not np.isfinite(fit.errors).all() or (scaled > 10).any():
        raise _separated(cohort.names)
    return fit


def _separated(names: Sequence[str]) -> SeparationError:
    return SeparationError(
        f"covariates: must not separate those with an event from those without ({', '.join(names)}); "
        "use fewer covariates or an exact test"
    )


def _efron(cohort: Cohort) -> Fit:
    labels = [f"x{position}" for position in range(len(cohort.names))]
    frame = pd.DataFrame(cohort.rows, columns=labels).assign(t=cohort.times, e=cohort.ends)
    model = lifelines.CoxPHFitter().fit(
        frame, "t", "e", fit_options=TIGHT, batch_mode=len(frame) > MANY or None
    )
    return Fit(
        coefficients=model.params_[labels].to_numpy(),
        covariance=model.variance_matrix_.loc[labels, labels].to_numpy(),
        log_likelihood=float(model.log_likelihood_),
    )


def _breslow(cohort: Cohort) -> Fit:
    from statsmodels.duration.hazard_regression import PHReg  # noqa: PLC0415  # loaded only for Breslow's ties

    model = PHReg(cohort.times, cohort.rows, status=cohort.ends, ties="breslow").fit()
    return Fit(
        coefficients=np.asarray(model.params),
        covariance=np.asarray(model.cov_params()),
        log_likelihood=float(model.llf),
    )


def cox_ph(
    *,
    t: Column,
    e: Column,
    covariates: Mapping[str, Column],
    term: str | None = None,
    ties: str = "efron",
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return hazard ratios adjusted for each other, Wald intervals. `term` is the covariate asked for, or the first.

    `global_tests` asks whether all covariates together say anything: likelihood ratio, Wald's and the score test. Fewer than ten events for every covariate warns; separation is refused.
    """
    cohort = read_cohort(t, e, covariates)
    chosen = checks.choice(field="ties", value=ties, options=TIES)
    confidence = checks.level(level)
    asked = cohort.names[0] if term is None else checks.choice(field="term", value=term, options=cohort.names)
    fit = fit_cox(cohort, chosen)
    terms = {name: _term(fit, place, confidence) for place, name in enumerate(cohort.names)}
    own, tests = terms[asked], _tests(cohort, fit, chosen)
    return result(
        "cox_ph",
        inputs={
            "t": cohort.times,
            "e": cohort.ends,
            "rows": cohort.rows,
            "names": cohort.names,
            "term": asked,
            "ties": chosen,
            "level": confidence,
        },
        finding=_finding(cohort, asked, own, tests),
        estimate=own["hazard_ratio"],
        interval=_interval(own, chosen, confidence),
        n=len(cohort.times),
        events=int(cohort.ends.sum()),
        usual=Design.ADJUSTED if len(cohort.names) > 1 else Design.UNADJUSTED,
        no_difference=1,
        warnings=_warnings(cohort),
        values={**own, "term": asked, "ties": chosen, "terms": terms, **_likelihood(fit, tests)},
        about=about,
    )


def _term(fit: Fit, place: int, level: float) -> dict[str, float]:
    coefficient, error = float(fit.coefficients[place]), float(fit.errors[place])
    z = float(special.ndtri((1 + level) / 2))
    return {
        "coef": coefficient,
        "hazard_ratio": float(np.exp(coefficient)),
        "se": error,
        "p": float(2 * special.ndtr(-abs(coefficient / error))),
        "low": float(np.exp(coefficient - z * error)),
        "high": float(np.exp(coefficient + z * error)),
    }


def _finding(cohort: Cohort, asked: str, own: Mapping[str, float], tests: Tests) -> str:
    ratio = tests["likelihood_ratio"]
    together = (
        f"; all {len(cohort.names)} covariates together: likelihood ratio {ratio['chi2']:.2f} on {ratio['df']:g} df, "
        f"{p_text(ratio['p'])}"
    )
    return (
        f"{len(cohort.times):,} people, {cohort.ends.sum():,} events; hazard ratio of {asked} "
        f"{own['hazard_ratio']:.2f}, {p_text(own['p'])}{together if len(cohort.names) > 1 else ''}"
    )


def _interval(own: Mapping[str, float], ties: str, level: float) -> Interval:
    return Interval.of(low=own["low"], high=own["high"], method=f"Wald, {ties.title()}'s ties", level=level)


def _tests(cohort: Cohort, fit: Fit, ties: str) -> Tests:
    null = null_model(times=cohort.times, ends=cohort.ends, rows=cohort.rows, efron=ties == "efron")
    return global_tests(
        null=null,
        log_likelihood=fit.log_likelihood,
        coefficients=fit.coefficients,
        covariance=fit.covariance,
    )


def _likelihood(fit: Fit, tests: Tests) -> dict[str, object]:
    return {
        "log_likelihood": fit.log_likelihood,
        "likelihood_ratio": tests["likelihood_ratio"]["chi2"],
        "global_tests": tests,
    }


def _warnings(cohort: Cohort) -> list[str]:
    events, parameters = int(cohort.ends.sum()), len(cohort.names)
    if events >= EVENTS_PER_PARAMETER * parameters:
        return []
    return [
        f"{events} events for {parameters} covariates: fewer than {EVENTS_PER_PARAMETER} for each, so the estimates are unstable."
    ]
