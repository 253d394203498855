"""Weighted hazard ratios: beside an estimate and a variance worked out person by person."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import CoxPHFitter
from scipy.optimize import brentq

import desist_evaluation as evaluation
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.cox import SeparationError
from desist_evaluation.lifetables import Floats, Integers


def people(seed: int, size: int) -> tuple[Floats, Integers, Integers, Integers]:
    """Times without ties, ends, arms, and a binary covariate that speaks of both."""
    random = np.random.default_rng(seed)
    severe = random.integers(0, 2, size)
    treated = (random.random(size) < 0.3 + 0.4 * severe).astype(int)
    t = random.exponential(100 / np.exp(0.8 * severe - 0.5 * treated)) + 0.001 * np.arange(size)
    return t, (random.random(size) < 0.8).astype(int), treated, severe


def by_hand(t: Floats, e: Integers, treated: Integers, severe: Integers) -> tuple[float, float]:
    """Weights from the shares in each stratum; the root of the weighted score; Lin and Wei's variance, term by term."""
    share = np.array([treated[severe == level].mean() for level in (0, 1)])[severe]
    mean = treated.mean()
    weights = np.where(treated == 1, mean / share, (1 - mean) / (1 - share))
    deaths: list[int] = np.flatnonzero(e).tolist()

    def expected(beta: float, death: int) -> tuple[float, float]:
        at_risk = t >= t[death]
        each = weights[at_risk] * np.exp(beta * treated[at_risk])
        return float(each @ treated[at_risk] / each.sum()), float(each.sum())

    def score(beta: float) -> float:
        return sum(float(weights[d]) * (float(treated[d]) - expected(beta, d)[0]) for d in deaths)

    beta = brentq(score, -8, 8, xtol=1e-13)
    parts = {death: expected(beta, death) for death in deaths}
    information = sum(weights[death] * share_of * (1 - share_of) for death, (share_of, _) in parts.items())
    squares = 0.0
    for one in range(len(t)):
        residual = e[one] * (treated[one] - parts[one][0]) if e[one] else 0.0
        for death, (share_of, total) in parts.items():
            if t[death] <= t[one]:
                residual -= weights[death] * math.exp(beta * treated[one]) * (treated[one] - share_of) / total
        squares += float(weights[one] * residual) ** 2
    return beta, math.sqrt(squares) / information


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_the_ratio_and_its_robust_error_are_those_worked_out_person_by_person(seed: int) -> None:
    t, e, treated, severe = people(seed, 120)

    found: Any = evaluation.weighted_hazard_ratio(
        t=t, e=e, treated=treated, covariates={"severe": severe}
    ).values

    coefficient, error = by_hand(t, e, treated, severe)
    assert found["coef"] == pytest.approx(coefficient, abs=1e-7)
    assert found["se"] == pytest.approx(error, rel=1e-5)
    assert found["low"] == pytest.approx(math.exp(coefficient - 1.959964 * error), rel=1e-5)
    assert found["smd_after"]["severe"] == pytest.approx(0, abs=1e-7)
    assert abs(found["smd_before"]["severe"]) > 0.2


def test_weighting_finds_the_effect_that_confounding_hides() -> None:
    random = np.random.default_rng(4)
    severe = random.normal(size=6000)
    treated = (random.random(6000) < 1 / (1 + np.exp(-severe))).astype(int)
    t = random.exponential(1 / np.exp(0.7 * severe))

    crude = evaluation.cox_ph(t=t, e=[1] * 6000, covariates={"treated": treated}).estimate
    found = evaluation.weighted_hazard_ratio(
        t=t, e=[1] * 6000, treated=treated, covariates={"severe": severe}
    )

    assert crude is not None
    assert crude > 1.4
    assert found.estimate == pytest.approx(1, abs=0.08)
    assert found.interval is not None
    assert found.interval.low is not None
    assert found.interval.high is not None
    assert found.interval.low < 1 < found.interval.high
    assert found.grade == "B"
    assert not [text for text in found.warnings if "still differ" in text]


def test_a_heavy_weight_and_arms_still_apart_are_said() -> None:
    random = np.random.default_rng(3)
    severe = random.normal(size=300)
    treated = (random.random(300) < 1 / (1 + np.exp(-3 * severe))).astype(int)

    found = evaluation.weighted_hazard_ratio(
        t=random.exponential(100, 300), e=[1, 0] * 150, treated=treated, covariates={"severe": severe}
    )

    assert float(str(found.values["largest_weight"])) > 10
    assert any("carry much of the weight" in text for text in found.warnings)
    assert any("still differ on severe" in text for text in found.warnings)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_without_ties_the_ratio_and_its_error_are_those_of_lifelines(seed: int) -> None:
    t, e, treated, severe = people(seed, 90)
    found: Any = evaluation.weighted_hazard_ratio(
        t=t, e=e, treated=treated, covariates={"severe": severe}
    ).values
    share = np.array([treated[severe == level].mean() for level in (0, 1)])[severe]
    weights = np.where(treated == 1, treated.mean() / share, (1 - treated.mean()) / (1 - share))
    frame = pd.DataFrame({"treated": treated, "t": t, "e": e, "weight": weights})

    fitted = CoxPHFitter().fit(frame, "t", "e", weights_col="weight", robust=True)

    assert found["coef"] == pytest.approx(fitted.params_["treated"], abs=1e-5)
    assert found["se"] == pytest.approx(fitted.standard_errors_["treated"], rel=1e-4)


def test_arms_whose_events_never_meet_have_no_ratio() -> None:
    treated = [1] * 40 + [0] * 40

    with pytest.raises(SeparationError, match="no finite value"):
        evaluation.weighted_hazard_ratio(
            t=list(range(1, 81)), e=[1] * 80, treated=treated, covariates={"x": np.arange(80) % 3}
        )


def test_an_arm_without_events_has_no_ratio() -> None:
    treated = [0, 1] * 40

    with pytest.raises(SeparationError, match="only one arm has events"):
        evaluation.weighted_hazard_ratio(
            t=list(range(1, 81)), e=treated, treated=treated, covariates={"x": np.arange(80) % 3}
        )


@pytest.mark.parametrize(
    ("treated", "covariates", "words"),
    [
        ([0, 1, 2, 1], {"x": [1, 2, 1, 3]}, "treated: must be 0 or 1"),
        ([0, 1, 0, 1], {}, "covariates: must name at least one covariate"),
        ([0, 1, 0, 1], {"treated": [1, 2, 1, 3]}, "covariates: must name .* and none of them treated"),
        ([0, 1, 0, 1], {"x": [0, 1, 0, 1]}, "covariates: must not repeat each other"),
        ([0, 0, 1, 1], {"x": [1, 2, 3, 4]}, "covariates: must not decide who was treated"),
    ],
)
def test_what_cannot_be_weighted_is_refused(
    treated: list[int], covariates: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInputError, match=words):
        evaluation.weighted_hazard_ratio(
            t=[1, 2, 3, 4], e=[1, 1, 0, 1], treated=treated, covariates=covariates
        )
