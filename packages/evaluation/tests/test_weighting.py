"""Weighting: with one table of strata it must equal direct standardisation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desist_evaluation as evaluation

CELL = st.integers(5, 60).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.tuples(CELL, CELL), min_size=2, max_size=3))
def test_a_saturated_propensity_is_direct_standardisation(
    cells: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    arms = [{f"s{place}": list(pair[arm]) for place, pair in enumerate(cells)} for arm in (0, 1)]

    found = evaluation.iptw(A=arms[0], B=arms[1])

    mix = [first[1] + second[1] for first, second in cells]
    expected = [np.average([pair[arm][0] / pair[arm][1] for pair in cells], weights=mix) for arm in (0, 1)]
    assert found.values["standardised"] == pytest.approx(expected, abs=1e-8)
    assert found.values["rd"] == pytest.approx(expected[0] - expected[1], abs=1e-8)


def test_kidney_stones_turn_round_and_the_arms_become_alike() -> None:
    found = evaluation.iptw(
        A={"small": [81, 87], "large": [192, 263]}, B={"small": [234, 270], "large": [55, 80]}
    ).as_dict()

    assert any("The direction reversed" in warning for warning in found["warnings"])  # type: ignore[attr-defined]  # a list of texts
    assert found["smd_before"] == {"large": pytest.approx(1.227, abs=1e-3)}
    assert found["smd_after"] == {"large": pytest.approx(0, abs=1e-9)}
    assert found["grade"] == "B"


def test_one_stratum_changes_nothing() -> None:
    found = evaluation.iptw(A={"all": [3, 10]}, B={"all": [5, 10]})

    assert found.values["standardised"] == pytest.approx((0.3, 0.5))


def test_no_event_in_the_other_arm_leaves_no_ratio_and_no_interval() -> None:
    found = evaluation.iptw(A={"all": [3, 10]}, B={"all": [0, 10]})

    assert found.estimate == pytest.approx(0.3)
    assert found.interval is None
    assert found.values["rr"] is None
    assert any("no interval can be given" in warning for warning in found.warnings)


def test_rows_of_people_recover_an_effect_that_confounding_hid() -> None:
    random = np.random.default_rng(11)
    severity = random.normal(size=4000)
    treated = random.random(4000) < 1 / (1 + np.exp(-severity))
    outcome = random.random(4000) < 0.3 + 0.15 * (severity > 0) - 0.10 * treated

    found = evaluation.iptw(
        treated=treated.astype(int), outcome=outcome.astype(int), covariates={"severity": severity}
    )

    crude = np.asarray(found.values["crude"])
    assert crude[0] - crude[1] > -0.06
    assert found.estimate == pytest.approx(-0.10, abs=0.03)


def test_a_few_people_with_most_of_the_weight_are_said_and_so_are_arms_still_apart() -> None:
    age = np.array([0] * 200 + [1] * 200 + [2] * 3)
    treated = np.array([0, 1] * 200 + [0, 1, 1])
    treated[:195] = 0
    treated[205:400] = 1

    found = evaluation.iptw(treated=treated, outcome=np.arange(403) // 2 % 2, covariates={"age": age})

    assert any("carry much of the weight" in warning for warning in found.warnings)
    assert any("still differ on age" in warning for warning in found.warnings)


def test_a_covariate_that_varies_in_no_arm_has_no_difference() -> None:
    found = evaluation.standardised_mean_difference(treated=[1, 2, 3], untreated=[2, 3, 4])

    assert found.estimate == pytest.approx(-1)
    assert any("not alike" in warning for warning in found.warnings)
    assert not evaluation.standardised_mean_difference(treated=[1, 3], untreated=[1, 3]).warnings
