"""Working days: weekends and the bank holidays of England and Wales are left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist import working_days

FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
some_day = st.dates(min_value=date(2020, 1, 20), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 0, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SATURDAY, 2, date(2026, 3, 10)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (
            date(2026, 12, 24),
            2,
            date(2026, 12, 30),
        ),  # Boxing Day falls on a Saturday: Monday is its substitute
    ],
)
def test_working_days_are_counted_over_weekends_and_bank_holidays(
    day: date, count: int, expected: date
) -> None:
    assert working_days.after(day, count) == expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 1, FRIDAY),
        (SATURDAY, 0, FRIDAY),
        (SATURDAY, 1, FRIDAY),
        (SATURDAY, 2, date(2026, 3, 5)),
        (date(2026, 4, 7), 1, date(2026, 4, 2)),
        (date(2026, 12, 30), 2, date(2026, 12, 24)),
    ],
)
def test_working_days_are_counted_back_too(day: date, count: int, expected: date) -> None:
    assert working_days.before(day, count) == expected


@settings(deadline=None, derandomize=True)
@given(some_day, st.integers(min_value=1, max_value=30))
def test_counting_forwards_passes_as_many_working_days_as_it_says(day: date, count: int) -> None:
    later = working_days.after(day, count)

    assert working_days.is_working(later)
    assert sum(map(working_days.is_working, days_up_to(later, since=day))) == count


@settings(deadline=None, derandomize=True)
@given(some_day, st.integers(min_value=1, max_value=30))
def test_counting_back_leads_from_a_working_day_to_where_one_began(day: date, count: int) -> None:
    began = working_days.after(day, 0)

    assert working_days.before(working_days.after(began, count), count) == began


def days_up_to(last: date, *, since: date) -> list[date]:
    return [since + timedelta(days=number) for number in range(1, (last - since).days + 1)]


def test_a_bank_holiday_has_its_name() -> None:
    assert working_days.holiday(date(2026, 12, 25)) == "Christmas Day"
    assert working_days.holiday(FRIDAY) == ""


def test_holidays_ahead_are_those_of_this_year_and_of_the_two_after_it() -> None:
    ahead = working_days.holidays_from(date(2026, 12, 26))

    assert ahead[0] == date(2026, 12, 26)
    assert date(2027, 12, 25) in ahead
    assert date(2028, 12, 25) in ahead
    assert all(day.year <= 2028 for day in ahead)
