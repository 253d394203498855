"""Wall clocks to instants, on the days on which clocks change and on all others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.errors import UnknownZoneError
from desist_chronicle.local_time import LocalClock, clock_of
from desist_chronicle.records import Flag

LONDON = clock_of("Europe/London")


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  a wall clock has no zone


def test_the_hour_that_comes_twice_is_flagged_and_taken_as_the_first() -> None:
    found = LONDON.instant(wall(2023, 10, 29, 1, 30))

    assert (found.utc, found.flags) == (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), (Flag.CLOCK_FOLD,))


def test_the_hour_that_comes_twice_is_the_second_when_the_first_has_passed() -> None:
    found = LONDON.instant(wall(2023, 10, 29, 1, 10), after=datetime(2023, 10, 29, 0, 50, tzinfo=UTC))

    assert found.utc == datetime(2023, 10, 29, 1, 10, tzinfo=UTC)


def test_the_hour_that_never_comes_is_flagged() -> None:
    assert LONDON.instant(wall(2024, 3, 31, 1, 30)).flags == (Flag.CLOCK_GAP,)


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2024, 3, 12), 0), (date(2024, 7, 1), 1), (date(2023, 10, 29), None), (date(2024, 3, 31), None)],
)
def test_a_day_has_one_offset_unless_the_clocks_change(day: date, offset: int | None) -> None:
    found = LONDON.day(day)

    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert found.utc == (None if offset is None else midnight - timedelta(hours=offset))


def test_a_day_whose_last_hour_comes_twice_because_of_the_next_midnight_needs_care() -> None:
    # Newfoundland put its clocks back from 00:01 to 23:01 of the day before.
    assert LocalClock("America/St_Johns").day(date(2010, 11, 6)).utc is None


@pytest.mark.parametrize("name", ["Europe/Nowhere", "", "../etc/passwd"])
def test_an_unknown_zone_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(UnknownZoneError, match="Europe/London"):
        LocalClock(name)


@pytest.mark.parametrize("milliseconds", [10**18, -(10**13), 10**40])
def test_a_moment_outside_the_years_of_telephones_is_none(milliseconds: int) -> None:
    assert LONDON.at_epoch(milliseconds) is None


@given(
    st.datetimes(min_value=wall(1990, 1, 1), max_value=wall(2037, 1, 1)),
    st.sampled_from(["Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_an_instant_shown_on_the_same_clock_is_what_was_written(local: datetime, zone: str) -> None:
    clock = clock_of(zone)

    found = clock.instant(local)

    assert Flag.CLOCK_GAP in found.flags or clock.at(found.utc).local == local


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 1, 1)),
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_a_day_with_one_offset_agrees_with_each_of_its_minutes(day: date, minute: int, zone: str) -> None:
    clock = clock_of(zone)

    found = clock.day(day)

    local = found.local + timedelta(minutes=minute)
    assert found.utc is None or found.utc + timedelta(minutes=minute) == clock.instant(local).utc
