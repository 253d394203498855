"""A period is counted in local days and whole weeks."""

from datetime import date

import pytest

from desist_chronicle.period import Period, numbers, per_day, per_week

MARCH = Period(first=date(2024, 3, 1), last=date(2024, 3, 31))


def test_both_ends_belong_to_a_period() -> None:
    assert (MARCH.days, MARCH.weeks) == (31, 4)
    assert MARCH.holds(date(2024, 3, 31))
    assert not MARCH.holds(date(2024, 4, 1))


def test_a_period_is_cut_at_a_day() -> None:
    assert MARCH.before(date(2024, 3, 11)).days == 10
    assert MARCH.since(date(2024, 3, 11)).days == 21


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        MARCH.before(date(2024, 3, 1))


def test_days_left_over_after_whole_weeks_are_in_no_week() -> None:
    days = numbers(
        [date(2024, 3, 1), date(2024, 3, 7), date(2024, 3, 8), date(2024, 3, 30), date(2024, 4, 2)]
    )

    assert per_week(days=days, period=MARCH).tolist() == [2, 1, 0, 0]
    assert per_day(days=days, period=MARCH).sum() == 4
