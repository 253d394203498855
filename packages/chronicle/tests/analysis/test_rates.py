"""Rates are compared with intervals that cover the truth, also when contacts come in clusters."""

from math import inf

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from desist_chronicle.analysis.rates import (
    Comparison,
    NothingToCompareError,
    compare_contacts,
    compare_occasions,
)


def exact(earlier: int, later: int) -> Comparison:
    return compare_occasions(earlier=earlier, later=later, earlier_days=100, later_days=100)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"), [(210, 120, 1.39, 2.21), (35, 20, 0.98, 3.20), (7, 4, 0.44, 8.2)]
)
def test_the_exact_interval_is_that_of_the_binomial_test(
    later: int, earlier: int, low: float, high: float
) -> None:
    found = exact(earlier, later)

    limits = binomtest(later, later + earlier).proportion_ci(0.95, "exact")
    assert found.ratio == 1.75
    assert found.low == pytest.approx(limits.low / (1 - limits.low))
    assert found.high == pytest.approx(limits.high / (1 - limits.high))
    assert round(found.low, 2) == low
    assert found.high == pytest.approx(high, abs=0.05)


def test_unequal_times_are_compared_as_rates() -> None:
    found = compare_occasions(earlier=10, later=10, earlier_days=200, later_days=100)

    assert found.ratio == 2


def test_nothing_before_has_no_upper_limit_and_nothing_after_is_a_fall() -> None:
    rise, fall = exact(0, 9), exact(9, 0)

    assert (rise.ratio, rise.high, rise.rose) == (inf, inf, True)
    assert (fall.ratio, fall.low, fall.fell) == (0, 0, True)


def test_two_times_without_any_occasion_cannot_be_compared() -> None:
    with pytest.raises(NothingToCompareError, match="no occasion in either"):
        exact(0, 0)


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(1, 300))
def test_turning_the_question_round_turns_the_interval_round(earlier: int, later: int) -> None:
    one, other = exact(earlier, later), exact(later, earlier)

    assert one.low <= one.ratio <= one.high
    assert one.low == pytest.approx(1 / other.high if other.high else inf)


def test_an_interval_beside_its_ratio_is_refused() -> None:
    with pytest.raises(ValueError, match="no interval around"):
        Comparison(
            earlier=1,
            later=1,
            earlier_days=1,
            later_days=1,
            ratio=1,
            low=2,
            high=3,
            method="none",
            surely=(2, 3),
        )


def weeks(*counts: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array(counts, dtype=np.int64)


def by_day(*counts: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Weeks whose contacts all came on their fourth day."""
    days = np.zeros((len(counts), 7), dtype=np.int64)
    days[:, 3] = counts
    return days.reshape(-1)


def test_weeks_that_vary_more_than_poisson_widen_the_interval() -> None:
    # no two weeks alike make the spread by two weeks smaller than that by one
    earlier, later = weeks(0, 12, 3, 1, 20, 0), weeks(30, 2, 9, 41, 0, 17)

    found = compare_contacts(earlier=by_day(*earlier), later=by_day(*later))

    after = np.r_[np.zeros(6), np.ones(6)]
    fitted = sm.GLM(np.r_[earlier, later], sm.add_constant(after), family=sm.families.Poisson()).fit(
        scale="X2", use_t=True
    )
    low, high = np.exp(fitted.conf_int()[1])
    assert found.ratio == pytest.approx(np.exp(fitted.params[1]))
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


def test_weeks_that_vary_less_than_poisson_do_not_narrow_it() -> None:
    even = compare_contacts(earlier=by_day(5, 5, 5), later=by_day(5, 5, 5))

    assert even.low == pytest.approx(np.exp(-2.776445 * np.sqrt(2 / 15)), rel=1e-5)


@pytest.mark.parametrize(("earlier", "later"), [((3,), (3, 4)), ((0, 0), (3, 4)), ((3, 4), (0, 0))])
def test_too_little_is_not_compared(earlier: tuple[int, ...], later: tuple[int, ...]) -> None:
    with pytest.raises(NothingToCompareError, match="two whole weeks"):
        compare_contacts(earlier=by_day(*earlier), later=by_day(*later))


def test_clustered_contacts_are_covered_as_often_as_promised() -> None:
    chance = np.random.default_rng(11)
    covered = 0
    for _ in range(200):
        before, after = (
            by_day(*[chance.geometric(0.1, chance.poisson(rate)).sum() for _ in range(26)])
            for rate in (2.0, 3.5)
        )
        found = compare_contacts(earlier=before, later=after)
        covered += found.low <= 1.75 <= found.high

    assert covered / 200 >= 0.9


def test_the_days_after_the_last_whole_week_are_in_the_rates() -> None:
    quiet = np.full(28, 2, dtype=np.int64)
    found = compare_contacts(earlier=quiet, later=np.append(quiet[:20], [50]))

    assert (found.later, found.later_days) == (90, 21)


def test_weeks_that_are_alike_for_a_month_widen_the_interval() -> None:
    runs = by_day(*[1, 1, 1, 1, 20, 20, 20, 20] * 2)
    turns = by_day(*[1, 20] * 8)

    assert compare_contacts(earlier=runs, later=runs).high > compare_contacts(earlier=turns, later=turns).high
