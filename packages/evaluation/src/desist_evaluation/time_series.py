"""A series of counts before and after a change: segmented regression by statsmodels."""

import math
import warnings as python_warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import special
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM, GLMResults
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.result import Interval, Result, result

FAMILIES = ("poisson", "quasipoisson")
NO_COVARIATES: Mapping[str, Sequence[float]] = MappingProxyType({})
LEAST_POINTS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """Counts in order of time, log exposure, and the columns that explain them; the intervention is the second."""

    counts: np.ndarray
    offset: np.ndarray
    design: np.ndarray
    names: tuple[str, ...]


def _column(field: str, value: object, length: int) -> np.ndarray:
    column = np.array(checks.numbers(field=field, value=value))
    if len(column) != length:
        raise InvalidInputError(field, f"must be as long as counts ({len(column)} and {length})")
    return column


def seasons(time: np.ndarray, harmonics: int, period: float) -> dict[str, np.ndarray]:
    """Pairs of sine and cosine waves that repeat every `period` points."""
    return {
        f"{name}{k}": wave(2 * math.pi * k * time / period)
        for k in range(1, harmonics + 1)
        for name, wave in (("sin", np.sin), ("cos", np.cos))
    }


def interrupted_time_series(
    *,
    counts: Sequence[int],
    intervention: Sequence[int],
    exposure: Sequence[float] | None = None,
    family: str = "poisson",
    harmonics: int = 0,
    period: float = 12,
    slope_change: bool = False,
    covariates: Mapping[str, Sequence[float]] = NO_COVARIATES,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """The rate ratio of the level after the change over the level that the series was on.

    counts: events at each equal step of time; intervention: 0 before, 1 after; exposure: people or months at each
    step. `harmonics` takes out seasons, `covariates` other breaks (a recording rule), `slope_change` lets the
    trend change too. quasipoisson widens the interval by the dispersion.
    """
    kind = checks.choice(field="family", value=family, options=FAMILIES)
    confidence = checks.level(level)
    waves = checks.count(field="harmonics", value=harmonics)
    cycle = checks.positive(field="period", value=period)
    checks.flag(field="slope_change", value=slope_change)
    series = _read(counts, intervention, exposure)
    time = np.arange(1, len(series.counts) + 1, dtype=float)
    if not isinstance(covariates, Mapping):
        raise InvalidInputError("covariates", "must be an object of lists")
    extra = {name: _column(f"covariates.{name}", column, len(time)) for name, column in covariates.items()}
    if slope_change:
        first = time[series.design[:, 1] == 1][0]
        extra["slope_change"] = series.design[:, 1] * (time - first)
    full = _with(series, {"time": time, **seasons(time, waves, cycle), **extra})
    return _fitted(full, kind, confidence, about)


def _read(counts: object, intervention: object, exposure: object) -> Series:
    entries = checks.sequence(field="counts", value=counts, least=LEAST_POINTS)
    events = np.array(
        [checks.count(field=f"counts[{row}]", value=value) for row, value in enumerate(entries)]
    )
    after = _column("intervention", intervention, len(events))
    if set(after.tolist()) != {0.0, 1.0}:
        raise InvalidInputError("intervention", "must be 0 before and 1 after the change, both at least once")
    people = np.ones(len(events)) if exposure is None else _column("exposure", exposure, len(events))
    if (people <= 0).any():
        raise InvalidInputError("exposure", "must be above zero at every step")
    if not events.any():
        raise InvalidInputError("counts", "must not all be zero")
    return Series(
        counts=events.astype(float),
        offset=np.log(people),
        design=np.column_stack([np.ones(len(events)), after]),
        names=("level", "intervention"),
    )


def _with(series: Series, columns: Mapping[str, np.ndarray]) -> Series:
    design = np.column_stack([series.design, *columns.values()])
    if np.linalg.matrix_rank(design) < design.shape[1] or design.shape[1] >= len(series.counts):
        raise InvalidInputError(
            "counts", "are too few, or the columns repeat each other: the change cannot be told apart"
        )
    return Series(counts=series.counts, offset=series.offset, design=design, names=(*series.names, *columns))


def dispersion_as_r(series: Series, *, steps: int = 25) -> float:
    """Pearson's dispersion with the weights of Fisher scoring's last step, which is what R's glm prints.

    From R's start (counts + 0.1) to R's rule to stop; it differs from the converged value in the sixth digit.
    """
    counts, mean, deviance = series.counts, series.counts + 0.1, math.inf
    for _ in range(steps):
        weights = mean
        working = np.log(mean) - series.offset + (counts - mean) / mean
        root = np.sqrt(weights)
        solved = np.linalg.lstsq(series.design * root[:, None], working * root, rcond=None)[0]
        mean = np.exp(series.design @ solved + series.offset)
        before, deviance = deviance, 2 * float((special.xlogy(counts, counts / mean) - counts + mean).sum())
        if abs(deviance - before) < 1e-8 * (abs(deviance) + 0.1):
            break
    spare = len(counts) - series.design.shape[1]
    return float((weights * ((counts - mean) / mean) ** 2).sum() / spare)


def _fitted(series: Series, family: str, level: float, about: About | None) -> Result:
    fit = _fit(series, family)
    coefficient, error = float(fit.params[1]), float(fit.bse[1])
    half = float(special.ndtri((1 + level) / 2)) * error
    dispersion = dispersion_as_r(series)
    lag = _lag_one(np.asarray(fit.resid_pearson))
    terms = {name: float(value) for name, value in zip(series.names, fit.params, strict=True)}
    return result(
        "interrupted_time_series",
        inputs={"counts": series.counts, "offset": series.offset, "design": series.design, "family": family},
        finding=f"{len(series.counts)} points, {series.counts.sum():,.0f} events; rate ratio after the change over the "
        f"series' own course {math.exp(coefficient):.3f}",
        estimate=math.exp(coefficient),
        interval=Interval.of(
            low=math.exp(coefficient - half),
            high=math.exp(coefficient + half),
            method=f"Wald, {family}",
            level=level,
        ),
        n=len(series.counts),
        events=int(series.counts.sum()),
        usual=Design.INTERRUPTED,
        fixed=True,
        no_difference=1,
        warnings=_warnings(family, dispersion, lag, len(series.counts)),
        values={
            "rr": math.exp(coefficient),
            "coef": coefficient,
            "se": error,
            "p": float(2 * special.ndtr(-abs(coefficient / error))),
            "dispersion": dispersion,
            "dispersion_converged": float(fit.pearson_chi2 / fit.df_resid),
            "lag_1": lag,
            "terms": terms,
        },
        about=about,
    )


def _fit(series: Series, family: str) -> GLMResults:
    model = GLM(series.counts, series.design, family=Poisson(), offset=series.offset)
    with python_warnings.catch_warnings():
        # a series may lie on its course exactly
        python_warnings.simplefilter("ignore", PerfectSeparationWarning)
        return model.fit(scale="X2") if family == "quasipoisson" else model.fit()


def _lag_one(residuals: np.ndarray) -> float:
    return float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())


def _warnings(family: str, dispersion: float, lag: float, points: int) -> list[str]:
    warnings = []
    if family == "poisson" and dispersion > 1.2:
        warnings.append(f"Counts scatter {dispersion:.1f} times as much as Poisson's: use quasipoisson.")
    if abs(lag) > 2 / math.sqrt(points):
        warnings.append(
            f"Neighbouring points still resemble each other (lag-1 correlation {lag:.2f}): the interval is too narrow."
        )
    return warnings
