"""Power and money: what a number can show, and what a published ratio implies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import desist_evaluation as evaluation

FEW = settings(max_examples=40, deadline=None, derandomize=True)
SHARE = st.floats(0.05, 0.95)


@FEW
@given(SHARE, SHARE)
def test_the_sample_size_reaches_its_power_and_no_more(p1: float, p2: float) -> None:
    if abs(p1 - p2) < 0.02:
        return

    n = float(str(evaluation.sample_size_two_proportions(p1=p1, p2=p2, power=0.85).values["n_per_arm"]))

    z = stats.norm.ppf(0.975)
    pooled, apart = (p1 + p2) * (1 - (p1 + p2) / 2), p1 * (1 - p1) + p2 * (1 - p2)
    power = stats.norm.cdf((np.sqrt(n) * abs(p1 - p2) - z * np.sqrt(pooled)) / np.sqrt(apart))
    assert power == pytest.approx(0.85)


def test_more_power_needs_more_people_and_80_is_usual() -> None:
    found = evaluation.sample_size_two_proportions(p1=0.2, p2=0.1)

    assert (found.values["ceil_80"], found.values["ceil_90"]) == (199, 266)
    assert found.n == 2 * 199
    assert "planning arithmetic" in found.sentence


def test_the_events_are_the_formulas_and_fewest_for_equal_arms() -> None:
    equal, unequal = (
        evaluation.schoenfeld_events(hazard_ratio=0.5, allocation=share).events for share in (0.5, 0.2)
    )

    assert (equal, unequal) == (66, 103)
    assert evaluation.schoenfeld_events(hazard_ratio=2, power=0.9).events == 88


@pytest.mark.parametrize(("p0", "p1"), [(0.49, 0.245), (0.2, 0.5), (0.5, 0.3)])
def test_one_arm_is_the_first_n_that_keeps_alpha_and_has_the_power(p0: float, p1: float) -> None:
    found = evaluation.single_arm_exact(p0=p0, p1=p1)
    assert found.n is not None

    def suffices(n: int) -> bool:
        counts = np.arange(n + 1)
        tail = stats.binom.cdf(counts, n, p0) if p1 < p0 else stats.binom.sf(counts - 1, n, p0)
        return bool(stats.binom.pmf(counts[tail <= 0.05], n, p1).sum() >= 0.8)

    assert suffices(found.n)
    assert not any(suffices(n) for n in range(1, found.n))
    assert ("max_events" if p1 < p0 else "min_events") in found.values
    assert float(str(found.values["alpha_exact"])) <= 0.05
    assert float(str(found.values["power_exact"])) >= 0.8


def test_a_risk_just_as_large_as_allowed_is_allowed() -> None:
    found = evaluation.single_arm_exact(p0=0.5, p1=0.1, alpha_one_sided=0.5)

    assert (found.n, found.values["max_events"]) == (1, 0)


@FEW
@given(st.floats(0.2, 0.9), st.integers(10, 1000))
def test_the_smallest_visible_effect_needs_just_these_people(p1: float, n: int) -> None:
    found = evaluation.minimum_detectable_effect(p1=p1, n_per_arm=n)

    if found.estimate is None:
        assert "cannot tell even 0%" in found.sentence
    else:
        p2 = float(str(found.values["p2"]))
        again = evaluation.sample_size_two_proportions(p1=p1, p2=p2).values["n_per_arm"]
        assert again == pytest.approx(n, rel=1e-5)


def test_too_few_people_see_nothing() -> None:
    found = evaluation.minimum_detectable_effect(p1=0.1, n_per_arm=10)

    assert [found.values[name] for name in ("p2", "absolute", "relative")] == [None] * 3


def test_a_ratio_written_with_one_decimal_implies_a_range_of_costs() -> None:
    one = evaluation.implied_cost(benefit=100, bcr=2.5).values
    two = evaluation.implied_cost(benefit=100, bcr=2.5, decimals=2).values
    whole = evaluation.implied_cost(benefit=100, bcr=2).values

    assert one["range_from_rounding"] == pytest.approx((100 / 2.55, 100 / 2.45))
    assert two["range_from_rounding"] == pytest.approx((100 / 2.505, 100 / 2.495))
    assert whole["range_from_rounding"] == pytest.approx((100 / 2.05, 100 / 1.95))


def test_break_even_has_a_range_where_the_unit_cost_has_one() -> None:
    point = evaluation.break_even(cost=6962.09, unit_cost=34015)
    ranged = evaluation.break_even(cost=6962.09, unit_cost=34015, unit_cost_low=20000, unit_cost_high=40000)

    assert point.estimate == pytest.approx(0.2047, abs=1e-4)
    assert point.interval is None
    assert ranged.interval is not None
    assert (ranged.interval.low, ranged.interval.high) == pytest.approx((6962.09 / 40000, 6962.09 / 20000))


def test_what_costs_nothing_breaks_even_at_once() -> None:
    found = evaluation.break_even(cost=0, unit_cost=10).values

    assert (found["cases"], found["one_case_in"]) == (0, None)


def test_benefits_stay_in_their_account_and_may_be_a_loss() -> None:
    found = evaluation.benefit_cost(benefit=-50, cost=100, benefit_low=-80, benefit_high=20, account="state")

    assert found.estimate == -0.5
    assert found.values["net_benefit"] == -150
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (-0.8, 0.2)
    assert "account: state" in found.sentence


def test_a_benefit_without_a_range_has_no_interval() -> None:
    assert evaluation.benefit_cost(benefit=280, cost=100).interval is None


def test_places_a_year_are_places_for_every_year_paid() -> None:
    found = evaluation.cost_per_place(grant=1_638_597, places=184, years=2)

    assert found.estimate == pytest.approx(4453, abs=1)
    assert found.n == 368


def test_a_cost_per_place_is_not_a_cost_per_completion() -> None:
    assert "not a completion" in evaluation.cost_per_place(grant=100, places=4).sentence
