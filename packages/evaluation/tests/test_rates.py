"""Rates: exact limits have exact tails, and unequal exposure is always said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import desist_evaluation as evaluation
from desist_evaluation import InvalidInputError

FEW = settings(max_examples=50, deadline=None, derandomize=True)


@FEW
@given(st.integers(0, 3000), st.floats(0.01, 1e6))
def test_garwoods_limits_leave_the_stated_tails(events: int, exposure: float) -> None:
    interval = evaluation.poisson_exact_ci(events=events, exposure=exposure).interval
    assert interval is not None
    assert interval.high is not None
    assert interval.low is not None

    above = stats.poisson.cdf(events, interval.high * exposure)
    below = stats.poisson.sf(events - 1, interval.low * exposure)

    assert above == pytest.approx(0.025, abs=1e-9)
    assert below == pytest.approx(0.025 if events else 1, abs=1e-9)


@FEW
@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.1, 100), st.floats(0.1, 100))
def test_the_p_of_a_rate_ratio_is_the_conditional_binomials(a: int, b: int, ta: float, tb: float) -> None:
    found = evaluation.rate_ratio_exact(a=a, ta=ta, b=b, tb=tb)

    expected = stats.binomtest(a, a + b, ta / (ta + tb)).pvalue if a + b else 1
    assert found.values["p"] == pytest.approx(expected)


@FEW
@given(st.integers(1, 200), st.integers(1, 200), st.floats(0.1, 100), st.floats(0.1, 100))
def test_exchanging_the_periods_inverts_the_ratio(a: int, b: int, ta: float, tb: float) -> None:
    there = evaluation.rate_ratio_exact(a=a, ta=ta, b=b, tb=tb).interval
    assert there is not None
    assert there.low is not None
    assert there.high is not None

    back = evaluation.rate_ratio_exact(a=b, ta=tb, b=a, tb=ta).interval
    assert back is not None

    assert (back.low, back.high) == pytest.approx((1 / there.high, 1 / there.low))


def test_nine_months_are_not_compared_with_twelve() -> None:
    found = evaluation.rate_ratio_exact(a=1570, ta=9, b=1987, tb=12)

    assert found.values["change_pct"] == pytest.approx(5.35, abs=0.01)
    assert any("-21.0%, which compares unequal times" in warning for warning in found.warnings)


@pytest.mark.parametrize(("a", "b", "low", "high"), [(0, 0, 0, None), (3, 0, 0.41, None), (0, 3, 0, 2.42)])
def test_zero_counts_still_have_an_interval(a: int, b: int, low: float, high: float | None) -> None:
    found = evaluation.rate_ratio_exact(a=a, ta=1, b=b, tb=1)

    assert found.interval is not None
    assert found.interval.low == pytest.approx(low, abs=0.01)
    assert found.interval.high == (None if high is None else pytest.approx(high, abs=0.01))
    assert any("One count is zero" in warning for warning in found.warnings)


def test_a_rate_needs_its_exposure() -> None:
    with pytest.raises(InvalidInputError, match="exposure: or population is needed"):
        evaluation.poisson_exact_ci(events=3)
