"""The slope of contacts is that of a Poisson regression, with an interval as wide as their blocks ask for."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import t

from desist_chronicle.analysis.over_time import over_time, sentences
from desist_chronicle.analysis.slope import CONFIDENCE, fit, leaning
from desist_chronicle.analysis.spread import spread
from desist_chronicle.analysis.trend import TooFewError
from desist_chronicle.occasions import group
from desist_chronicle.period import Period


def by_day(*weeks: int) -> NDArray[np.int64]:
    """Weeks whose contacts all came on their fourth day."""
    days = np.zeros((len(weeks), 7), dtype=np.int64)
    days[:, 3] = weeks
    return days.reshape(-1)


def test_the_worked_example_of_the_methods() -> None:
    found, backwards = fit(counts=by_day(*range(1, 13))), fit(counts=by_day(*range(1, 13))[::-1])

    assert (round(found.ratio, 2), found.dispersion) == (6.84, 1)
    assert (round(found.low, 2), round(found.high, 2), found.rose) == (1.21, 38.72, True)
    assert (round(backwards.ratio, 2), backwards.fell) == (0.15, True)


def test_the_ratio_is_that_of_a_poisson_regression() -> None:
    counts = np.random.default_rng(3).poisson(np.linspace(1, 4, 100))

    found = fit(counts=counts)

    place = np.linspace(-0.5, 0.5, 100)
    fitted = sm.GLM(counts, sm.add_constant(place), family=sm.families.Poisson()).fit()
    assert found.ratio == pytest.approx(np.exp(fitted.params[1]))
    assert found.first == pytest.approx(7 * fitted.fittedvalues[0])
    assert found.last == pytest.approx(7 * fitted.fittedvalues[-1])
    width = spread(stretches=[(counts, fitted.fittedvalues)], confidence=CONFIDENCE).half
    assert found.high == pytest.approx(np.exp(fitted.params[1] + width * fitted.bse[1]))


def test_the_widest_of_the_blocks_gives_the_spread() -> None:
    # four weeks of twenty and four of none in turn: the blocks of four weeks differ most
    counts = by_day(*[20, 20, 20, 20, 0, 0, 0, 0] * 3)

    found = spread(stretches=[(counts, np.full(len(counts), counts.mean()))], confidence=0.95)

    assert found.dispersion == pytest.approx(6 * 40**2 / 40 / 4)
    assert found.half == pytest.approx(t.ppf(0.975, 4) * np.sqrt(found.dispersion))


def test_ratios_beyond_what_can_be_said_are_said_as_limits() -> None:
    counts = np.append(np.zeros(100, dtype=np.int64), [1, 1, 2, 4, 8, 16, 32, 64, 128, 256])

    assert "more than 1,000 times as many" in told(counts)
    assert "less than 0.01 times as many" in told(counts[::-1])


def told(counts: NDArray[np.int64]) -> str:
    days = np.repeat(np.arange(len(counts)), counts)
    rows = np.zeros(len(days), dtype=[("utc", "<i8"), ("local", "<i8"), ("seq", "<u4"), ("source", "<u4")])
    rows["utc"] = rows["local"] = days * 86_400_000_000
    period = Period(first=np.datetime64(0, "D").item(), last=np.datetime64(len(counts) - 1, "D").item())
    occasions = group(rows=rows, chosen=np.ones(len(days), dtype=np.bool_))
    return " ".join(sentences(over_time(occasions=occasions, contact_days=days, period=period)))


def test_too_little_is_not_fitted() -> None:
    with pytest.raises(TooFewError, match="Too few whole weeks to tell a direction: 7, and it takes 8"):
        fit(counts=np.ones(55, dtype=np.int64))
    with pytest.raises(TooFewError, match="Too few days with contact to tell a direction: 7, and it takes 8"):
        fit(counts=by_day(*[50] * 7, 0))


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=56, max_size=120).filter(lambda days: sum(map(bool, days)) >= 8))
def test_a_course_backwards_has_the_inverse_ratio(days: list[int]) -> None:
    counts = np.array(days)
    one, other = fit(counts=counts), fit(counts=counts[::-1])

    assert one.ratio == pytest.approx(1 / other.ratio, rel=1e-6)
    assert leaning(counts=counts) == -leaning(counts=counts[::-1])
    assert (one.rose, one.fell) == (other.fell, other.rose)
