"""What follows certain dates is tested exactly, and corrected for how many kinds were tried."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.analysis.triggers import Window, after_triggers, holm
from desist_chronicle.period import Period, numbers

PERIOD = Period(first=date(2024, 1, 1), last=date(2024, 4, 9))  # 100 days
COURT = date(2024, 2, 1)


def windows(days: list[date], **triggers: list[date]) -> tuple[Window, ...]:
    return after_triggers(days=numbers(days), triggers=triggers, period=PERIOD, window=5)


def test_the_p_is_the_share_of_shifts_with_at_least_as_many() -> None:
    # one occasion on each of the five days after the date: only the shift by nothing has five
    found = windows([COURT + timedelta(days=day) for day in range(5)], court=[COURT])[0]

    assert (found.inside, found.outside, found.days, found.outside_days) == (5, 0, 5, 95)
    assert found.p == 0.01
    assert found.holm == 0.01


def test_dates_outside_the_period_and_repeated_ones_are_left_out() -> None:
    found = windows([COURT], court=[date(2023, 1, 1), COURT, COURT])[0]

    assert found.dates == (COURT,)


def test_a_kind_of_date_outside_the_period_finds_nothing() -> None:
    found = windows([COURT], court=[date(2023, 1, 1)])[0]

    assert (found.dates, found.p) == ((), 1.0)


def test_a_window_ends_with_the_period() -> None:
    found = windows([PERIOD.last], court=[PERIOD.last])[0]

    assert (found.days, found.inside) == (1, 1)


def test_several_kinds_are_corrected_together() -> None:
    days = [COURT + timedelta(days=day) for day in range(5)]

    found = windows(days, court=[COURT], birthday=[date(2024, 3, 1)])

    assert found[0].holm == 0.02


def test_holms_worked_example() -> None:
    # S. Holm, Scandinavian Journal of Statistics 1979, 6:65-70; values as R's p.adjust(c(0.01, 0.04, 0.03), "holm")
    assert holm(p=[0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm(p=[]) == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_a_corrected_p_is_never_smaller_and_keeps_the_order(p: list[float]) -> None:
    corrected = holm(p=p)

    assert all(small <= large <= 1 for small, large in zip(p, corrected, strict=True))
    assert [corrected[place] for place in np.argsort(p, kind="stable")] == sorted(corrected)


def test_without_any_pull_the_p_is_seldom_small() -> None:
    chance = np.random.default_rng(5)
    small = 0
    for _ in range(200):
        days = [PERIOD.first + timedelta(days=int(day)) for day in chance.integers(0, 100, 20)]
        small += windows(days, court=[COURT, date(2024, 3, 10)])[0].p <= 0.05

    assert small / 200 <= 0.09
