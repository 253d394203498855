"""The trend tests, against published values; and silent where there is no trend."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.chronicle.tests.casework import charted, record
from scipy.stats import kendalltau

from desist_chronicle.analysis.trend import TooFewError, laplace, mann_kendall

#: failure times of the worked example in NIST/SEMATECH e-Handbook of Statistical Methods, 8.2.3.4
NIST = [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]


def test_laplace_on_the_worked_example() -> None:
    found = laplace(times=NIST, end=1500)

    assert found.z == pytest.approx((568.3 - 750) / (1500 / np.sqrt(120)))
    assert found.z == pytest.approx(-1.327, abs=5e-4)
    assert found.p == pytest.approx(0.1845, abs=5e-4)


def test_mann_kendall_agrees_with_kendalls_tau_where_there_are_no_ties() -> None:
    values = [3, 1, 4, 15, 9, 2, 6, 5, 35, 8]

    found = mann_kendall(values=values)

    score = kendalltau(range(10), values).statistic * 45
    assert found.z == pytest.approx((score - 1) / np.sqrt(10 * 9 * 25 / 18))


def test_ties_make_the_variance_smaller() -> None:
    # S = 14 over 8 values, of which three are 3 and two are 2
    found = mann_kendall(values=[1, 2, 3, 3, 3, 4, 5, 2])

    assert found.z == pytest.approx((14 - 1) / np.sqrt((8 * 7 * 21 - 3 * 2 * 11 - 2 * 1 * 9) / 18))


def test_weeks_that_are_all_alike_show_no_trend() -> None:
    assert mann_kendall(values=[2] * 9).p == 1


def test_too_few_are_not_tested() -> None:
    with pytest.raises(TooFewError, match="Too few occasions to test for a trend: 7, and it takes 8"):
        laplace(times=[1.0] * 7, end=10)
    with pytest.raises(TooFewError, match="Too few whole weeks to test for a trend: 7"):
        mann_kendall(values=[1] * 7)


@given(st.lists(st.integers(0, 50), min_size=8, max_size=30))
def test_a_series_backwards_has_the_opposite_trend(values: list[int]) -> None:
    assert mann_kendall(values=values[::-1]).z == pytest.approx(-mann_kendall(values=values).z)


@given(st.lists(st.floats(0, 100), min_size=8, max_size=30))
def test_times_backwards_have_the_opposite_trend(times: list[float]) -> None:
    backwards = [100 - time for time in times]

    assert laplace(times=backwards, end=100).z == pytest.approx(-laplace(times=times, end=100).z, abs=1e-9)


@pytest.mark.slow
def test_clusters_without_a_trend_seldom_cry_escalation() -> None:
    quiet = sum(not _cries(seed) for seed in range(300))

    assert quiet / 300 >= 0.93


def _cries(seed: int) -> bool:
    """Are clustered contacts of constant rate over 40 weeks called a rise or fall?"""
    chance = np.random.default_rng(seed)
    begun = np.sort(chance.uniform(0, 280, chance.poisson(60)))
    minutes = np.concatenate(
        [start * 1440 + np.sort(chance.uniform(0, 90, chance.geometric(0.05))) for start in begun]
    )
    start = np.datetime64("2024-01-01")
    course = charted([record(at=str(start + np.timedelta64(int(minute), "m"))) for minute in minutes])
    days = course.occasions.first_local / 86_400_000_000 - 19_723
    return laplace(times=days, end=280).p < 0.05
