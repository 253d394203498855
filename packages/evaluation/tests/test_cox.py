"""Cox models: both ties, few events, and the two tests of proportional hazards."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.hazard_regression import PHReg

import desist_evaluation as evaluation
from desist_evaluation import cox, published
from desist_evaluation.columns import from_published
from desist_evaluation.cox import SeparationError
from desist_evaluation.lifetables import Floats, Integers
from desist_evaluation.null_model import null_model


def test_efrons_and_breslows_ties_differ_on_the_remission_data() -> None:
    found = [
        evaluation.cox_ph(**from_published(function="cox_ph", arguments={"dataset": "gehan", "ties": ties}))
        for ties in ("efron", "breslow")
    ]

    assert [result.estimate for result in found] == pytest.approx([4.8169, 4.5231], abs=1e-4)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_lifelines_and_statsmodels_agree_on_efrons_fit(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(size=80), random.integers(0, 2, 80)
    t, e = np.ceil(random.exponential(20 * np.exp(-0.5 * x))), random.integers(0, 2, 80)

    found = evaluation.cox_ph(t=t, e=e, covariates={"x": x, "y": y}).values["terms"]

    fitted = PHReg(t, np.column_stack([x, y]), status=e, ties="efron").fit()
    for place, name in enumerate(("x", "y")):
        assert found[name]["coef"] == pytest.approx(fitted.params[place], abs=1e-6)  # type: ignore[index]  # as above
        assert found[name]["se"] == pytest.approx(fitted.bse[place], abs=1e-6)  # type: ignore[index]  # as above


def global_tests_of(**arguments: Any) -> dict[str, dict[str, float]]:
    found: Any = evaluation.cox_ph(**arguments).as_dict()["global_tests"]
    return found  # type: ignore[no-any-return]  # a mapping in JSON


@pytest.mark.parametrize(
    ("dataset", "df", "chi2"),
    [
        # Fox and Weisberg, Cox Regression for Survival Data in R, the model of all seven covariates
        ("rossi", 7, {"likelihood_ratio": 33.27, "wald": 32.11, "score": 33.53}),
        # R's survival, coxph(Surv(time, cens) ~ treat, data = MASS::gehan)
        ("gehan", 1, {"likelihood_ratio": 16.35, "wald": 14.53, "score": 17.25}),
    ],
)
def test_the_tests_of_all_covariates_together_are_the_published_ones(
    dataset: str, df: int, chi2: dict[str, float]
) -> None:
    found = global_tests_of(**from_published(function="cox_ph", arguments={"dataset": dataset}))

    assert {name: round(test["chi2"], 2) for name, test in found.items()} == chi2
    for test in found.values():
        assert test["df"] == df
        assert test["p"] == pytest.approx(stats.chi2.sf(test["chi2"], df))


def step_by_step(t: Integers, e: Integers, rows: Floats, ties: str) -> tuple[float, Floats, Floats]:
    """The partial likelihood with no covariate, its slope and information, one death after the other."""
    likelihood, slope, information = 0.0, np.zeros(rows.shape[1]), np.zeros((rows.shape[1],) * 2)
    for day in sorted(set(t[e == 1].tolist())):
        dying = (t == day) & (e == 1)
        for drawn in range(int(dying.sum())):
            weights = (t >= day).astype(float)
            if ties == "efron":
                weights[dying] -= drawn / dying.sum()
            mean = weights @ rows / weights.sum()
            likelihood -= math.log(weights.sum())
            slope += rows[dying][drawn] - mean
            information += (rows - mean).T @ (weights[:, None] * (rows - mean)) / weights.sum()
    return likelihood, slope, information


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.sampled_from(["efron", "breslow"]))
def test_the_model_without_covariates_is_the_one_built_death_by_death(seed: int, ties: str) -> None:
    random = np.random.default_rng(seed)
    t, e = random.integers(1, 12, 40), random.integers(0, 2, 40)
    e[0] = 1
    rows = np.column_stack([random.normal(size=40), random.integers(0, 2, 40)])

    found = null_model(times=t, ends=e, rows=rows, efron=ties == "efron")

    likelihood, slope, information = step_by_step(t, e, rows, ties)
    assert found.log_likelihood == pytest.approx(likelihood, abs=1e-9)
    assert found.score == pytest.approx(slope, abs=1e-9)
    assert found.information == pytest.approx(information, abs=1e-9)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.sampled_from(["efron", "breslow"]))
def test_the_global_tests_are_those_of_statsmodels_and_lifelines(seed: int, ties: str) -> None:
    random = np.random.default_rng(seed)
    x, y = random.normal(size=90), random.integers(0, 2, 90)
    t, e = np.ceil(random.exponential(9 * np.exp(-0.4 * x))), random.integers(0, 2, 90)

    found = global_tests_of(t=t, e=e, covariates={"x": x, "y": y}, ties=ties)

    model = PHReg(t, np.column_stack([x, y]), status=e, ties=ties)
    fitted, nought = model.fit(), np.zeros(2)
    slope, information = model.score(nought), -model.hessian(nought)
    assert found["likelihood_ratio"]["chi2"] == pytest.approx(
        2 * (fitted.llf - model.loglike(nought)), abs=1e-6
    )
    assert found["wald"]["chi2"] == pytest.approx(
        fitted.params @ np.linalg.inv(fitted.cov_params()) @ fitted.params, abs=1e-4
    )
    assert found["score"]["chi2"] == pytest.approx(slope @ np.linalg.inv(information) @ slope, abs=1e-6)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.permutations(range(1, 31)), st.lists(st.booleans(), min_size=30, max_size=30))
def test_without_ties_the_score_test_of_two_groups_is_the_log_rank_test(
    days: list[int], happened: list[bool]
) -> None:
    group = [place % 2 for place in range(30)]
    e = [int(place < 6 or value) for place, value in enumerate(happened)]
    expected: Any = evaluation.logrank_test(t=days, e=e, group=group).values["chi2"]
    try:
        found = global_tests_of(t=days, e=e, covariates={"group": group})
    except SeparationError:
        return

    assert found["score"]["chi2"] == pytest.approx(expected, abs=1e-9)


def test_a_sentence_says_whether_all_covariates_together_say_anything() -> None:
    several = evaluation.cox_ph(**from_published(function="cox_ph", arguments={"dataset": "rossi"}))
    alone = evaluation.cox_ph(**from_published(function="cox_ph", arguments={"dataset": "gehan"}))

    assert "all 7 covariates together: likelihood ratio 33.27 on 7 df, p below 0.0001" in several.sentence
    assert "together" not in alone.sentence


def test_few_events_for_the_covariates_are_said() -> None:
    columns = published.gehan()

    few = evaluation.cox_ph(
        t=columns["t"], e=columns["e"], covariates={name: np.arange(42) % k for k, name in ((2, "a"), (3, "b"), (5, "c"), (7, "d"))}
    )  # fmt: skip
    enough = evaluation.cox_ph(t=columns["t"], e=columns["e"], covariates={"treatment": columns["treatment"]})

    assert any("30 events for 4 covariates" in warning for warning in few.warnings)
    assert not enough.warnings


def test_separation_is_refused_with_what_to_do() -> None:
    t = np.arange(1, 41)
    e = (t % 2).tolist()

    with pytest.raises(SeparationError, match="use fewer covariates or an exact test"):
        evaluation.cox_ph(t=t, e=e, covariates={"x": e, "y": np.arange(40) % 3})


@pytest.mark.parametrize("transform", ["km", "identity", "log", "rank"])
def test_the_score_test_has_a_test_of_all_terms_together(transform: str) -> None:
    arguments = from_published(function="ph_test", arguments={"dataset": "rossi", "transform": transform})

    found = evaluation.ph_test(**arguments).as_dict()

    together, terms = found["global"], found["terms"]
    assert isinstance(together, dict)
    assert isinstance(terms, dict)
    assert together["df"] == 7
    assert together["chi2"] > max(term["chi2"] for term in terms.values())


def test_hazards_that_cross_are_found_and_proportional_ones_are_not() -> None:
    random = np.random.default_rng(8)
    group = np.repeat([0, 1], 300)
    crossing = np.where(group, random.weibull(3, 600), random.exponential(1, 600)) * 100 + 1
    proportional = np.where(group, random.exponential(50, 600), random.exponential(100, 600)) + 1

    p = [
        evaluation.ph_test(t=times, e=np.ones(600, dtype=int), covariates={"group": group}).values["p"]
        for times in (crossing, proportional)
    ]

    assert float(str(p[0])) < 1e-6
    assert float(str(p[1])) > 0.05


def test_many_people_fitted_day_by_day_agree_with_statsmodels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cox, "MANY", 100)
    random = np.random.default_rng(7)
    t, e = random.integers(1, 200, 2_000), random.integers(0, 2, 2_000)
    arm, age = random.integers(0, 2, 2_000), random.integers(18, 70, 2_000)

    found = evaluation.cox_ph(t=t, e=e, covariates={"arm": arm, "age": age}).values["terms"]

    fitted = PHReg(t, np.column_stack([arm, age]), status=e, ties="efron").fit()
    for place, name in enumerate(("arm", "age")):
        assert found[name]["coef"] == pytest.approx(fitted.params[place], abs=1e-9)  # type: ignore[index]  # as above
        assert found[name]["se"] == pytest.approx(fitted.bse[place], abs=1e-9)  # type: ignore[index]  # as above
