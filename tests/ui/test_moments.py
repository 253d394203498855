"""Days and hours are read as people write them, and impossible ones are told plainly."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from desist.ui.moments import Clock, Day


def refusal(field: Day | Clock, value: object) -> tuple[str, tuple[str, ...]]:
    """The sentence with which a field refuses a value, and which parts it is about."""
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    error = caught.value
    return error.messages[0], (error.params or {}).get("parts", ())


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("31", "2", "2026"), "31 February 2026 is not a date", ("day", "month", "year")),
        (("29", "Feb", "2025"), "29 February 2025 is not a date", ("day", "month", "year")),
        (("00", "1", "2026"), "0 January 2026 is not a date", ("day", "month", "year")),
        (("", "2", "2026"), "Date of birth must include a day", ("day",)),
        (("3", "", ""), "Date of birth must include a month and a year", ("month", "year")),
        (("x", "2", "2026"), "The day must be a number from 1 to 31, not “x”", ("day",)),
        (("3", "13", "2026"), "There is no month “13”: write a number from 1 to 12", ("month",)),
        (("3", "ma", "2026"), "There is no month “ma”: write a number from 1 to 12", ("month",)),
        (("3", "2", "26"), "The year must have 4 numbers, like 2026", ("year",)),
        (("3", "2", "1899"), "Date of birth must be on or after 1 January 1900", ("day", "month", "year")),
        (("4", "3", "2026"), "Date of birth must be on or before 3 March 2026", ("day", "month", "year")),
        (("", "", ""), "Enter date of birth", ()),
    ],
)
def test_an_impossible_day_is_told_plainly(
    typed: tuple[str, ...], sentence: str, parts: tuple[str, ...]
) -> None:
    field = Day(label="Date of birth", latest=date(2026, 3, 3))

    assert refusal(field, typed) == (sentence, parts)


def test_the_end_of_the_calendar_is_no_day_that_anybody_means() -> None:
    sentence = "First day must be on or before 31 December 2100"

    assert refusal(Day(label="First day"), ("31", "12", "9999"))[0] == sentence
    assert Day(label="First day", latest=None).clean(("31", "12", "9999")) == date(9999, 12, 31)


@pytest.mark.parametrize("month", ["2", "02", "feb", "Feb.", "FEBRUARY"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert Day(label="Day").clean(("3", month, "2026")) == date(2026, 2, 3)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_of_the_calendar_is_read_back(day: date) -> None:
    assert Day(label="Day").clean((str(day.day), str(day.month), f"{day.year:04}")) == day


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_whatever_is_typed_becomes_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    field = Day(label="Day", required=False, earliest=None)
    try:
        outcome = field.clean((day, month, year))
    except ValidationError as error:
        outcome = error.messages[0]

    assert outcome is None or isinstance(outcome, date) or (isinstance(outcome, str) and outcome)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("2:30pm", time(14, 30)),
        ("2.30 p.m.", time(14, 30)),
        ("2pm", time(14)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("14:30", time(14, 30)),
        ("09:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("12:15", time(12, 15)),
        ("Midday", time(12)),
        ("midnight", time(0)),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed: str, hour: time) -> None:
    assert Clock(label="Start").clean(typed) == hour


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2:30", "“2:30” could be morning or afternoon: write 2:30am or 2:30pm"),
        ("25:00", "There is no such time as “25:00”"),
        ("14:75", "There is no such time as “14:75”"),
        ("13pm", "There is no such time as “13pm”"),
        ("tea time", "Start must be a time, like 9:30am or 14:30"),
        (" ", "Enter start"),
    ],
)
def test_an_impossible_hour_is_told_plainly(typed: str, sentence: str) -> None:
    assert refusal(Clock(label="Start"), typed)[0] == sentence


def test_a_time_given_at_first_is_drawn_as_people_write_it_and_read_back() -> None:
    field = Clock(label="Start")

    drawn = field.prepare_value(time(14, 30))

    assert (drawn, field.clean(drawn), field.clean(time(9))) == ("2:30pm", time(14, 30), time(9))


def test_a_date_given_as_it_is_stays_as_it_is() -> None:
    assert Day(label="Day").clean(date(2026, 3, 3)) == date(2026, 3, 3)
