"""Whether hazards stay proportional over time: the score test of R's cox.zph, beside lifelines' approximation."""

import warnings as python_warnings
from collections.abc import Mapping
from importlib.metadata import version

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from lifelines.statistics import proportional_hazard_test
from scipy import special

from desist_evaluation import checks
from desist_evaluation.cox import Cohort, fit_cox, read_cohort
from desist_evaluation.design import About
from desist_evaluation.lifetables import Column, Floats, life_table, read_times
from desist_evaluation.result import Result, p_text, result
from desist_evaluation.survival import curve_of

TRANSFORMS = ("km", "identity", "log", "rank")
DISAGREEMENT = (
    "Implementations differ (lifelines approximates with one common variance, R does not): the score test of R's "
    "survival 3 is reported; look at the residuals before you rely on a p-value."
)


def transformed(cohort: Cohort, kind: str) -> dict[float, float]:
    """g(t) at every event time, centred over the events (for the arithmetic; it changes no test); km is 1 - survival just before."""
    table = life_table(read_times(cohort.times, cohort.ends))
    happened = table.events > 0
    times, events = table.times[happened], table.events[happened]
    if kind == "km":
        values = 1 - np.concatenate([[1.0], curve_of(table).survival])[:-1][happened]
    elif kind == "rank":
        values = np.cumsum(events) - (events - 1) / 2
    else:
        values = times if kind == "identity" else np.log(times)
    centred = values - np.average(values, weights=events)
    return dict(zip(times.tolist(), centred.tolist(), strict=True))


def score_parts(cohort: Cohort, coefficients: Floats, g: Mapping[float, float]) -> tuple[Floats, Floats]:
    """The score of g(t) times each covariate, and the information of (covariates, covariates times g), with Efron's ties."""
    p = cohort.rows.shape[1]
    score, information = np.zeros(p), np.zeros((2 * p, 2 * p))
    centred = cohort.rows - cohort.rows.mean(axis=0)
    weights = np.exp(centred @ coefficients)
    for time, value in g.items():
        dying = (cohort.times == time) & (cohort.ends == 1)
        residual, spread = _step(centred, weights, cohort.times >= time, dying)
        score += value * residual
        information += np.kron([[1.0, value], [value, value * value]], spread)
    return score, information


def _step(rows: Floats, weights: Floats, at_risk: np.ndarray, dying: np.ndarray) -> tuple[Floats, Floats]:
    """Schoenfeld's residuals summed over one event time, and the covariates' covariance there."""
    residual, spread = rows[dying].sum(axis=0), np.zeros((rows.shape[1], rows.shape[1]))
    ties = int(dying.sum())
    for place in range(ties):
        share = np.where(dying, 1 - place / ties, 1.0)[at_risk] * weights[at_risk]
        mean = np.average(rows[at_risk], axis=0, weights=share)
        apart = rows[at_risk] - mean
        residual = residual - mean
        spread += (share[:, None] * apart).T @ apart / share.sum()
    return residual, spread


def _test(score: Floats, information: Floats, places: list[int]) -> dict[str, float]:
    p = len(score)
    rows = [*range(p), *(p + place for place in places)]
    wanted = np.concatenate([np.zeros(p), score[places]])
    chi2 = float(wanted @ np.linalg.solve(information[np.ix_(rows, rows)], wanted))
    return {"chi2": chi2, "df": len(places), "p": float(special.chdtrc(len(places), chi2))}


def _by_lifelines(cohort: Cohort, place: int, kind: str) -> dict[str, float]:
    labels = [f"x{position}" for position in range(len(cohort.names))]
    frame = pd.DataFrame(cohort.rows, columns=labels).assign(t=cohort.times, e=cohort.ends)
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")
        model = CoxPHFitter().fit(frame, "t", "e")
        found = proportional_hazard_test(model, frame, time_transform=kind).summary.loc[labels[place]]
    return {"chi2": float(found["test_statistic"]), "p": float(found["p"])}


def ph_test(
    *,
    t: Column,
    e: Column,
    covariates: Mapping[str, Column],
    term: str | None = None,
    transform: str = "km",
    about: About | None = None,
) -> Result:
    """The score test of proportional hazards of one covariate (else the first) and of all together.

    As cox.zph of R's survival 3 and later; lifelines' figure, which differs, is given beside it.
    """
    cohort = read_cohort(t, e, covariates)
    kind = checks.choice(field="transform", value=transform, options=TRANSFORMS)
    if kind == "log" and (cohort.times[cohort.ends == 1] <= 0).any():
        raise checks.InvalidInputError("transform", "must not be log where an event happened at time zero")
    asked = cohort.names[0] if term is None else checks.choice(field="term", value=term, options=cohort.names)
    coefficients = fit_cox(cohort, "efron").coefficients
    score, information = score_parts(cohort, coefficients, transformed(cohort, kind))
    every = {name: _test(score, information, [place]) for place, name in enumerate(cohort.names)}
    own = every[asked]
    return result(
        "ph_test",
        inputs={"t": cohort.times, "e": cohort.ends, "rows": cohort.rows, "term": asked, "transform": kind},
        finding=f"Score test of proportional hazards of {asked}: chi-square {own['chi2']:.2f}, {p_text(own['p'])}",
        estimate=own["chi2"],
        n=len(cohort.times),
        events=int(cohort.ends.sum()),
        warnings=[DISAGREEMENT],
        values={
            **own,
            "term": asked,
            "transform": kind,
            "terms": every,
            "global": _test(score, information, list(range(len(score)))),
            "r_survival_ge3": own,
            f"lifelines_{version('lifelines')}": _by_lifelines(cohort, cohort.names.index(asked), kind),
        },
        about=about,
    )
