"""Dates read as people in the United Kingdom write them, and facts tell their age."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.ui import dates

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


def test_a_moment_is_told_in_full() -> None:
    assert dates.at(NOW) == "Tuesday 3 March 2026, 2:30pm"


def test_a_moment_in_summer_is_told_by_the_clock_in_london() -> None:
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    told = dates.at(moment)

    assert told == "Wednesday 1 July 2026, 12:30am"


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(17), "5pm"),
        (time(9, 5), "9:05am"),
        (time(12, 1), "12:01pm"),
        (time(0, 1), "12:01am"),
    ],
)
def test_an_hour_is_told_as_people_say_it(hour: time, told: str) -> None:
    assert dates.clock(hour) == told


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(dates.NaiveMoment):
        dates.at(datetime(2026, 3, 3, 14, 30))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (date(2026, 3, 3), "today"),
        (date(2026, 3, 2), "yesterday"),
        (date(2026, 3, 4), "tomorrow"),
        (date(2026, 2, 19), "12 days ago"),
        (date(2026, 3, 15), "in 12 days"),
        (date(2025, 10, 3), "5 months ago"),
        (date(2025, 10, 4), "4 months ago"),
        (date(2020, 3, 3), "6 years ago"),
        (NOW - timedelta(seconds=20), "just now"),
        (NOW - timedelta(minutes=1), "1 minute ago"),
        (NOW - timedelta(minutes=59), "59 minutes ago"),
        (NOW - timedelta(hours=3), "3 hours ago"),
        (NOW + timedelta(hours=3), "later today"),
        (NOW - timedelta(hours=20), "yesterday"),
    ],
)
def test_a_fact_tells_its_age(then: date, told: str) -> None:
    assert dates.age(then, NOW) == told


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (timedelta(minutes=47), "47 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=11, minutes=59), "11 hours ago"),
        (timedelta(hours=12), "yesterday"),
        (-timedelta(hours=24), "tomorrow"),
    ],
)
@pytest.mark.parametrize("midnight", [datetime(2026, 3, 4), datetime(2026, 7, 1)])  # noqa: DTZ001 -- London's, below
def test_what_happened_before_midnight_is_told_in_hours_after_it(
    midnight: datetime, before: timedelta, told: str
) -> None:
    now = midnight.replace(minute=20, tzinfo=dates.LONDON)

    assert dates.age((now.astimezone(UTC) - before), now) == told


@given(st.integers(min_value=2, max_value=120))
def test_years_are_counted_by_anniversaries(years: int) -> None:
    anniversary = date(NOW.year - years, NOW.month, NOW.day)

    told = dates.age(anniversary, NOW), dates.age(anniversary - timedelta(days=1), NOW)

    assert told == (f"{years} years ago",) * 2
    assert dates.age(anniversary + timedelta(days=1), NOW) != f"{years} years ago"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_has_an_age(day: date) -> None:
    assert re.fullmatch(r"today|yesterday|tomorrow|in \d+ \w+|\d+ \w+ ago", dates.age(day, NOW))


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(1990, 12, 31), date(2026, 12, 30), 35),
    ],
)
def test_an_age_is_in_whole_years(born: date, today: date, years: int) -> None:
    assert dates.years_between(born, today) == years


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2026, 3, 3), time(14, 30), "2026-03-03T14:30:00+00:00"),
        (date(2026, 7, 3), time(14, 30), "2026-07-03T13:30:00+00:00"),
        (date(2026, 10, 25), time(1, 20), "2026-10-25T00:20:00+00:00"),  # this hour comes twice
        (date(2026, 3, 29), time(1, 20), "2026-03-29T01:20:00+00:00"),  # and this one never
    ],
)
def test_a_moment_by_the_clock_in_london_equals_what_the_database_gives_back(
    day: date, hour: time, utc: str
) -> None:
    assert dates.moment(day, hour) == datetime.fromisoformat(utc)
