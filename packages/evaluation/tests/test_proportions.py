"""Proportions agree with scipy and statsmodels, and stay within their bounds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

import desist_evaluation as evaluation
from desist_evaluation.result import Interval, Result

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
FEW = settings(max_examples=60, deadline=None, derandomize=True)


def limits(result: Result) -> tuple[float, float]:
    interval = result.interval
    assert isinstance(interval, Interval)
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


@FEW
@given(COUNTS, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_the_exact_interval_is_scipys(counts: tuple[int, int], level: float) -> None:
    events, n = counts

    found = limits(evaluation.clopper_pearson(events=events, n=n, level=level))

    expected = stats.binomtest(events, n).proportion_ci(level, "exact")
    assert found == pytest.approx((expected.low, expected.high), abs=1e-12)


@FEW
@given(COUNTS)
def test_wilsons_interval_is_statsmodels_clamped(counts: tuple[int, int]) -> None:
    events, n = counts

    found = limits(evaluation.wilson(events=events, n=n))

    assert found == pytest.approx(proportion_confint(events, n, method="wilson"), abs=1e-12)
    assert found[0] >= 0
    assert found[1] <= 1
    assert (found[0] == 0) >= (events == 0)
    assert (found[1] == 1) >= (events == n)


@FEW
@given(COUNTS, COUNTS)
def test_newcombes_difference_is_statsmodels(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = limits(evaluation.newcombe_difference(a=first[0], n1=first[1], b=second[0], n2=second[1]))

    assert found == pytest.approx(
        confint_proportions_2indep(*first, *second, compare="diff", method="newcomb"), abs=1e-9
    )


@FEW
@given(COUNTS, COUNTS)
def test_exchanging_the_groups_mirrors_the_difference(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    there = limits(evaluation.newcombe_difference(a=first[0], n1=first[1], b=second[0], n2=second[1]))

    back = limits(evaluation.newcombe_difference(a=second[0], n1=second[1], b=first[0], n2=first[1]))

    assert there == pytest.approx((-back[1], -back[0]), abs=1e-12)


@FEW
@given(COUNTS, COUNTS)
def test_the_risk_ratio_is_scipys_where_no_cell_is_zero(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = evaluation.risk_ratio(a=first[0], n1=first[1], b=second[0], n2=second[1])

    if first[0] > 0 and second[0] > 0 and (first[0] < first[1] or second[0] < second[1]):
        expected = stats.contingency.relative_risk(*first, *second)
        interval = expected.confidence_interval()
        assert found.estimate == pytest.approx(expected.relative_risk)
        assert limits(found) == pytest.approx((interval.low, interval.high))
    else:
        assert any("half a case" in warning for warning in found.warnings)


def test_a_ratio_over_nothing_has_no_value_but_an_interval() -> None:
    over_zero = evaluation.risk_ratio(a=3, n1=10, b=0, n2=10)
    of_zeros = evaluation.risk_ratio(a=0, n1=10, b=0, n2=10)

    assert over_zero.estimate is None
    assert "nothing happened in the second group" in over_zero.sentence
    assert "nothing happened in either group" in of_zeros.sentence
    assert limits(of_zeros)[0] < 1 < limits(of_zeros)[1]


def test_a_handful_of_people_is_said_to_be_one() -> None:
    assert any("Fewer than 10" in warning for warning in evaluation.proportion(events=1, n=5).warnings)
    assert evaluation.newcombe_difference(a=1, n1=5, b=1, n2=50).warnings
    assert not evaluation.newcombe_difference(a=1, n1=50, b=1, n2=50).warnings
