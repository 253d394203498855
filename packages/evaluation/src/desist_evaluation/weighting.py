"""A comparison group made alike by weighting with the inverse probability of treatment, by statsmodels."""

import math
import warnings as python_warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special
from statsmodels.discrete.discrete_model import Logit
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning
from statsmodels.treatment.treatment_effects import TreatmentEffect

from desist_evaluation import checks
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import About, Design
from desist_evaluation.result import Interval, Result, Unit, finite, result

MOST_PEOPLE = 1_000_000
ALIKE = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The people: treated (1) or not (0), the outcome (0 or 1), and the covariates recorded before, a column each."""

    treated: np.ndarray
    outcome: np.ndarray
    covariates: np.ndarray
    names: tuple[str, ...]


def iptw(
    *,
    A: Mapping[str, Sequence[int]] | None = None,  # noqa: N803  # the two arms as the published tables name them
    B: Mapping[str, Sequence[int]] | None = None,  # noqa: N803  # the two arms as the published tables name them
    treated: Sequence[int] | None = None,
    outcome: Sequence[int] | None = None,
    covariates: Mapping[str, Sequence[float]] | None = None,
    level: float = 0.95,
    about: About | None = None,
) -> Result:
    """Return the difference of two proportions if both arms had everyone's mix of recorded covariates.

    Either two arms as {stratum: [events, people]} (A treated, B not), or a row a person: treated, outcome,
    covariates. The estimate is the risk difference, A less B.
    """
    confidence = checks.level(level)
    if (A is None) == (treated is None):
        raise InvalidInputError("A", "and B are needed, or treated, outcome and covariates")
    people = _from_strata(A, B) if A is not None else _from_rows(treated, outcome, covariates)
    weights = inverse_weights(people)
    effect, error, means = _effect(people, weights)
    half = None if error is None else float(special.ndtri((1 + confidence) / 2)) * error
    crude = [float(people.outcome[rows].mean()) for rows in arms_of(people)]
    return result(
        "iptw",
        inputs={
            "treated": people.treated,
            "outcome": people.outcome,
            "covariates": people.covariates,
            "level": level,
        },
        finding=_finding(people.names, crude, means, effect),
        estimate=effect,
        interval=_interval(effect, half, confidence),
        unit=Unit.POINTS,
        n=len(people.treated),
        events=int(people.outcome.sum()),
        usual=Design.ADJUSTED,
        no_difference=0,
        warnings=_warnings(people, weights, crude, (effect, half)),
        values={"crude": crude, **_standardised(effect, means), **balance(people, weights)},
        about=about,
    )


def arms_of(people: People) -> tuple[np.ndarray, np.ndarray]:
    """Return which rows were treated, and which not."""
    treated = people.treated == 1
    return treated, ~treated


def _finding(names: Sequence[str], crude: Sequence[float], means: Sequence[float], effect: float) -> str:
    return (
        f"{100 * crude[0]:.1f}% against {100 * crude[1]:.1f}% as counted, {100 * means[0]:.1f}% against "
        f"{100 * means[1]:.1f}% with both arms alike on {', '.join(names)}; difference "
        f"{100 * effect:+.1f} percentage points"
    )


def _interval(effect: float, half: float | None, level: float) -> Interval | None:
    if half is None:
        return None
    return Interval.of(low=effect - half, high=effect + half, method="IPTW, robust", level=level)


def _standardised(effect: float, means: Sequence[float]) -> dict[str, object]:
    return {
        "standardised": means,
        "rd": effect,
        "rr": finite(means[0] / means[1]) if means[1] else None,
    }


def balance(people: People, weights: np.ndarray) -> dict[str, object]:
    """Return how many people the weights are worth in each arm, and how alike the arms are without and with them."""
    return {
        "effective_n": [effective_size(weights[rows]) for rows in arms_of(people)],
        "smd_before": differences(people, np.ones(len(weights))),
        "smd_after": differences(people, weights),
    }


def _from_strata(a: object, b: object) -> People:
    arms = [_arm(name, arm) for name, arm in (("A", a), ("B", b))]
    if set(arms[0]) != set(arms[1]):
        raise InvalidInputError(
            "B", "must have the strata of A: a stratum in one arm only cannot be compared"
        )
    if sum(n for arm in arms for _, n in arm.values()) > MOST_PEOPLE:
        raise InvalidInputError("A", f"and B must not have more than {MOST_PEOPLE:,} people")
    cells = [
        (treated, place, happened, n)
        for treated, arm in zip((1, 0), arms, strict=True)
        for place, stratum in enumerate(arms[0])
        for happened, n in [arm[stratum]]
    ]
    sizes = [n for *_, n in cells]
    outcome = np.concatenate([np.repeat([1, 0], [happened, n - happened]) for *_, happened, n in cells])
    strata = np.repeat([place for _, place, *_ in cells], sizes)
    labels = tuple(arms[0])[1:]
    return People(
        treated=np.repeat([treated for treated, *_ in cells], sizes),
        outcome=outcome,
        covariates=(strata[:, None] == np.arange(1, len(arms[0]))).astype(float),
        names=labels or ("nothing",),
    )


def _arm(name: str, arm: object) -> dict[str, tuple[int, int]]:
    if not isinstance(arm, Mapping) or not arm:
        raise InvalidInputError(name, "must be an object of strata, each [events, people]")
    found = {}
    for stratum, cell in arm.items():
        field = f"{name}.{stratum}"
        pair = checks.sequence(field=field, value=cell, least=2)
        if len(pair) > 2:
            raise InvalidInputError(field, "must be [events, people]")
        found[str(stratum)] = checks.events_of(
            events=pair[0], n=pair[1], names=(f"{field}[0]", f"{field}[1]")
        )
    return found


def _from_rows(treated: object, outcome: object, covariates: object) -> People:
    if not isinstance(covariates, Mapping) or not covariates:
        raise InvalidInputError("covariates", "must name at least one covariate with a list of values")
    columns = {
        "treated": checks.numbers(field="treated", value=treated, least=4),
        "outcome": checks.numbers(field="outcome", value=outcome),
        **{
            f"covariates.{name}": checks.numbers(field=f"covariates.{name}", value=values)
            for name, values in covariates.items()
        },
    }
    for field, column in columns.items():
        if len(column) != len(columns["treated"]):
            raise InvalidInputError(
                field, f"must be as long as treated ({len(column)} and {len(columns['treated'])})"
            )
    for field in ("treated", "outcome"):
        if not set(columns[field]) <= {0.0, 1.0}:
            raise InvalidInputError(field, "must be 0 or 1")
    if len(set(columns["treated"])) < 2:
        raise InvalidInputError("treated", "must have people in both arms")
    rows = np.column_stack([column for field, column in columns.items() if field.startswith("covariates.")])
    if np.linalg.matrix_rank(np.column_stack([np.ones(len(rows)), rows])) <= rows.shape[1]:
        raise InvalidInputError("covariates", "must vary and must not repeat each other")
    return People(
        treated=np.array(columns["treated"]),
        outcome=np.array(columns["outcome"]),
        covariates=rows,
        names=tuple(map(str, covariates)),
    )


def _propensity(people: People) -> Logit:
    design = np.column_stack([np.ones(len(people.treated)), people.covariates])
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")
        python_warnings.simplefilter("error", ConvergenceWarning)
        python_warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            return Logit(people.treated, design).fit(disp=0, tol=1e-13)
        except (ConvergenceWarning, PerfectSeparationWarning, np.linalg.LinAlgError):
            raise InvalidInputError(
                "covariates",
                "must not decide who was treated: nobody alike is left to compare with (positivity)",
            ) from None


def inverse_weights(people: People) -> np.ndarray:
    """Return one over the chance, by the recorded covariates, of being in one's own arm."""
    chance = np.asarray(_propensity(people).predict())
    return np.where(people.treated == 1, 1 / chance, 1 / (1 - chance))


def _effect(people: People, weights: np.ndarray) -> tuple[float, float | None, list[float]]:
    """Return the average effect by inverse weighting, its robust standard error, and both weighted means.

    The error is None where all or none of an arm had the outcome.
    """
    arms = [people.treated == 1, people.treated == 0]
    means = [float(np.average(people.outcome[rows], weights=weights[rows])) for rows in arms]
    if any(people.outcome[rows].min() == people.outcome[rows].max() for rows in arms):
        return means[0] - means[1], None, means
    design = np.column_stack([np.ones(len(people.treated)), people.covariates])
    outcome = OLS(people.outcome, design)
    found = TreatmentEffect(outcome, people.treated, results_select=_propensity(people)).ipw()
    effect, untreated, treated = (float(value) for value in found.effect)
    return effect, float(found.results_gmm.bse[0]), [treated, untreated]


def effective_size(weights: np.ndarray) -> float:
    """Return how many equally weighted people these weighted ones are worth (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def differences(people: People, weights: np.ndarray) -> dict[str, float | None]:
    """The standardised mean difference of each covariate between the arms; None where nothing varies."""
    found: dict[str, float | None] = {}
    arms = [people.treated == 1, people.treated == 0]
    for name, column in zip(people.names, people.covariates.T, strict=False):
        means = [float(np.average(column[rows], weights=weights[rows])) for rows in arms]
        spread = math.sqrt(sum(float(column[rows].var()) for rows in arms) / 2)
        found[name] = (means[0] - means[1]) / spread if spread else None
    return found


def _warnings(
    people: People, weights: np.ndarray, crude: list[float], found: tuple[float, float | None]
) -> list[str]:
    warnings, (effect, half) = [], found
    if half is None:
        warnings.append("Everyone or nobody in an arm had the outcome: no interval can be given.")
    if (crude[0] - crude[1]) * effect < 0:
        warnings.append("The direction reversed: as counted, the difference points the other way.")
    warnings += still_apart(people, weights)
    if weights.max() > 10 * weights.mean():
        warnings.append("A few people carry much of the weight: hardly anyone like them is in the other arm.")
    return warnings


def still_apart(people: People, weights: np.ndarray) -> list[str]:
    """Return in words the covariates that the weights leave unlike."""
    apart = [
        name
        for name, value in differences(people, weights).items()
        if value is not None and abs(value) > ALIKE
    ]
    if not apart:
        return []
    return [f"The arms still differ on {', '.join(apart)} (standardised difference above {ALIKE})."]


def standardised_mean_difference(
    *, treated: Sequence[float], untreated: Sequence[float], about: About | None = None
) -> Result:
    """The difference of two means over the pooled standard deviation; above 0.1 either way the arms are not alike."""
    arms = [
        np.array(checks.numbers(field=name, value=arm, least=2))
        for name, arm in (("treated", treated), ("untreated", untreated))
    ]
    spread = math.sqrt((arms[0].var(ddof=1) + arms[1].var(ddof=1)) / 2)
    if spread == 0:
        raise InvalidInputError("treated", "and untreated must vary: everyone has the same value")
    difference = float(arms[0].mean() - arms[1].mean()) / spread
    apart = abs(difference) > ALIKE
    return result(
        "standardised_mean_difference",
        inputs={"treated": arms[0], "untreated": arms[1]},
        finding=f"The arms differ by {difference:+.2f} standard deviations",
        estimate=difference,
        n=len(arms[0]) + len(arms[1]),
        usual=Design.UNADJUSTED,
        warnings=[f"Above {ALIKE}: the arms are not alike on this."] if apart else [],
        values={"smd": difference, "means": [float(arm.mean()) for arm in arms]},
        about=about,
    )
