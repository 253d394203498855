"""When a day comes next: one-off days once, anniversaries every year, and 29 February in every year."""

from datetime import date

import pytest

from desist.programme.orders.key_dates import calendar

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "yearly", "comes"),
    [
        (date(2027, 3, 1), False, date(2027, 3, 1)),
        (date(2027, 2, 28), False, None),
        (date(2027, 9, 1), True, date(2027, 9, 1)),
        (date(2019, 3, 1), True, date(2027, 3, 1)),
        (date(2019, 2, 28), True, date(2028, 2, 28)),
        (date(2020, 2, 29), True, date(2028, 2, 29)),
        (date(2019, 12, 24), True, date(2027, 12, 24)),
    ],
)
def test_a_day_comes_once_and_an_anniversary_every_year(
    day: date, *, yearly: bool, comes: date | None
) -> None:
    assert calendar.next_on(day=day, yearly=yearly, today=TODAY) == comes


def test_29_february_is_kept_on_the_28th_where_a_year_has_none() -> None:
    assert calendar.next_on(day=date(2024, 2, 29), yearly=True, today=date(2027, 2, 1)) == date(2027, 2, 28)
    assert calendar.next_on(day=date(2024, 2, 29), yearly=True, today=date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "near"),
    [
        (None, False),
        (date(2027, 2, 28), False),
        (TODAY, True),
        (date(2028, 3, 1), True),
        (date(2028, 3, 2), False),
    ],
)
def test_twelve_months_hold_today_and_the_same_day_of_the_next_year(day: date | None, *, near: bool) -> None:
    assert calendar.within_a_year(day=day, today=TODAY) is near


def test_twelve_months_from_29_february_end_on_the_28th() -> None:
    assert calendar.within_a_year(day=date(2029, 2, 28), today=date(2028, 2, 29))
    assert not calendar.within_a_year(day=date(2029, 3, 1), today=date(2028, 2, 29))
