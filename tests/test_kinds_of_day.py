"""The special days of two years are found, each with why it is one."""

from datetime import date

from tests.kinds_of_day import kinds

YEARS = {
    f"{moment:%Y-%m-%d %H:%M}": why for moment, why in kinds(date(2026, 12, 1), date(2028, 11, 30)).items()
}


def test_bank_holidays_and_the_days_beside_them_are_special() -> None:
    assert YEARS["2027-05-02 11:00"] == "the day before May Day"
    assert YEARS["2027-05-03 11:00"] == "May Day"
    assert YEARS["2027-05-04 11:00"] == "the day after May Day"
    assert "2027-05-05 11:00" not in YEARS


def test_a_bank_holiday_that_falls_on_a_saturday_is_special_on_its_monday() -> None:
    assert "Christmas Day (observed)" in YEARS["2027-12-27 11:00"]


def test_working_days_round_christmas_and_easter_are_special() -> None:
    assert YEARS["2027-12-20 11:00"] == "5 working days from Christmas Day"
    assert "2027-12-16 11:00" not in YEARS
    assert "5 working days from Easter Monday" in YEARS["2028-04-10 11:00"]


def test_a_change_of_clocks_is_special_round_midnight_too_as_are_the_days_beside_it() -> None:
    for day, why in (("27", "the day before a change"), ("28", "a change"), ("29", "the day after a change")):
        for hour in ("00:30", "01:30", "11:00", "23:30"):
            assert f"{why} of clocks" in YEARS[f"2027-03-{day} {hour}"]


def test_the_turns_of_months_and_years_are_special() -> None:
    assert YEARS["2027-06-30 11:00"] == "the end of a month"
    assert YEARS["2027-07-01 11:00"] == "the first of a month"
    assert YEARS["2028-02-29 23:30"] == "a leap day or the turn of a year"
    assert YEARS["2028-04-05 11:00"].endswith("the turn of a tax year")


def test_each_weekday_is_there() -> None:
    assert {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} <= {
        part for why in YEARS.values() for part in why.split("; ")
    }
