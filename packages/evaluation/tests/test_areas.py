"""Funnels and series: areas scatter, series have a course, and neither is a league table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import desist_evaluation as evaluation
from desist_evaluation import published
from desist_evaluation.columns import from_published
from desist_evaluation.funnels import interpolated_quantile
from desist_evaluation.time_series import Series, dispersion_as_r

FEW = settings(max_examples=40, deadline=None, derandomize=True)
SICILY = published.sicily()


@FEW
@given(st.floats(0.01, 0.99), st.integers(1, 500), st.floats(0.01, 0.99))
def test_the_continuous_quantile_lies_within_the_step_of_scipys(target: float, n: int, share: float) -> None:
    found = interpolated_quantile(target, n, share)

    step = stats.binom.ppf(share, n, target)
    assert step - 1 - 1e-9 <= found <= step + 1e-9


def test_limits_of_few_people_do_not_fall_below_nought() -> None:
    found = evaluation.funnel_limits(target=0.1, n=10)

    assert found.interval is not None
    assert found.interval.low == 0
    assert float(np.asarray(found.values["unclamped"])[0]) < 0
    assert any("never for ranking" in warning for warning in found.warnings)


def test_limits_of_few_people_do_not_rise_above_1() -> None:
    found = evaluation.funnel_limits(target=0.95, n=10, phi=2)

    assert found.interval is not None
    assert found.interval.high == 1
    assert float(np.asarray(found.values["unclamped"])[1]) > 1


def test_overdispersion_widens_the_limits() -> None:
    plain, wide = (
        evaluation.funnel_limits(target=0.3, n=200, method="normal approximation", phi=phi).interval
        for phi in (1, 4)
    )

    assert plain is not None
    assert wide is not None
    assert (wide.high or 0) - 0.3 == pytest.approx(2 * ((plain.high or 0) - 0.3))


def test_chance_alone_has_a_phi_near_1_and_no_warning() -> None:
    random = np.random.default_rng(4)
    expected = random.uniform(20, 200, 400)

    found = evaluation.overdispersion_phi(
        observed=random.poisson(expected).tolist(), expected=expected.tolist()
    )

    assert found.values["phi_raw"] == pytest.approx(1, abs=0.15)
    assert len(found.warnings) == 1


def test_quasi_poisson_widens_the_interval_by_the_dispersion() -> None:
    counts, after, exposure = (SICILY[name] for name in ("aces", "smokban", "stdpop"))

    plain, quasi = (
        evaluation.interrupted_time_series(
            counts=counts, intervention=after, exposure=exposure, family=family
        )
        for family in ("poisson", "quasipoisson")
    )

    assert plain.estimate == pytest.approx(quasi.estimate)
    assert float(str(quasi.values["se"])) == pytest.approx(
        float(str(plain.values["se"])) * np.sqrt(float(str(quasi.values["dispersion_converged"]))), rel=1e-6
    )
    assert any("use quasipoisson" in warning for warning in plain.warnings)
    assert not any("use quasipoisson" in warning for warning in quasi.warnings)


def test_rs_dispersion_is_the_converged_one_to_five_digits() -> None:
    arguments = from_published(
        function="interrupted_time_series",
        arguments={"dataset": "sicily", "family": "quasipoisson", "harmonics": 2},
    )

    found = evaluation.interrupted_time_series(**arguments).values

    assert found["dispersion"] == pytest.approx(2.262186415, abs=1e-8)
    assert found["dispersion_converged"] == pytest.approx(found["dispersion"], rel=1e-5)


def test_rs_dispersion_is_given_even_if_scoring_has_not_settled() -> None:
    counts = np.array(SICILY["aces"], dtype=float)
    series = Series(counts=counts, offset=np.zeros(59), design=np.ones((59, 1)), names=("level",))

    once, settled = (dispersion_as_r(series, steps=steps) for steps in (1, 25))

    assert once == pytest.approx(settled, rel=0.05)


def test_a_known_jump_and_bend_are_found() -> None:
    time = np.arange(1, 49)
    after = (time > 24).astype(int)
    counts = np.rint(np.exp(6 + 0.01 * time + np.log(0.8) * after - 0.03 * after * (time - 25))).astype(int)

    found = evaluation.interrupted_time_series(counts=counts, intervention=after, slope_change=True)

    terms = found.as_dict()["terms"]
    assert isinstance(terms, dict)
    assert found.estimate == pytest.approx(0.8, abs=0.01)
    assert terms["slope_change"] == pytest.approx(-0.03, abs=0.001)
    assert found.grade == "C"


def test_another_break_can_be_taken_out() -> None:
    time = np.arange(1, 49)
    after, rule = (time > 30).astype(int), (time > 16).astype(int)
    counts = np.rint(np.exp(6 + np.log(2) * rule + np.log(0.9) * after)).astype(int)

    with_rule = evaluation.interrupted_time_series(
        counts=counts, intervention=after, covariates={"rule": rule.tolist()}
    )

    assert with_rule.estimate == pytest.approx(0.9, abs=0.01)


def test_neighbouring_points_that_resemble_each_other_are_said() -> None:
    time = np.arange(1, 41)
    counts = np.rint(200 + 60 * np.sin(time / 6)).astype(int)

    found = evaluation.interrupted_time_series(counts=counts, intervention=(time > 20).astype(int))

    assert any("Neighbouring points" in warning for warning in found.warnings)
