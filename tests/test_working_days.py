"""Working days: weekends and the bank holidays of England and Wales are left out."""

from datetime import date

import pytest

from desist import working_days

FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)


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


def test_a_bank_holiday_has_its_name() -> None:
    assert working_days.holiday(date(2026, 12, 25)) == "Christmas Day"
    assert working_days.holiday(FRIDAY) == ""
