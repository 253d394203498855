"""The hold is arithmetic on London's working days, and no clock change or bank holiday shortens it."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.programme import clocks
from desist.programme.leaving import hold

ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2025, 2029))
START = datetime(2025, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 365 * 24 * 60 - 60 * 24 * 30).map(
    lambda minutes: START + timedelta(minutes=minutes)
)


@settings(max_examples=200, deadline=None)
@given(decided_at=MOMENTS)
def test_nobody_may_be_told_before_noon_of_the_next_working_day(decided_at: datetime) -> None:
    until = hold.tellable_from(decided_at=decided_at)

    here, decided = until.astimezone(clocks.LONDON), decided_at.astimezone(clocks.LONDON).date()
    between = [decided + timedelta(days=n) for n in range(1, (here.date() - decided).days)]
    assert (here.hour, here.minute, here.second) == (12, 0, 0)
    assert until > decided_at
    assert here.date() > decided
    assert here.weekday() < 5
    assert here.date() not in ENGLAND
    assert all(day.weekday() >= 5 or day in ENGLAND for day in between)


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        (datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC)),
        (datetime(2026, 3, 6, 23, 59, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)),  # Friday, Monday
        (
            datetime(2026, 3, 27, 15, tzinfo=UTC),
            datetime(2026, 3, 30, 11, tzinfo=UTC),
        ),  # over the clock change
        (datetime(2026, 10, 23, 15, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC)),  # and back
        (datetime(2026, 4, 2, 10, tzinfo=UTC), datetime(2026, 4, 7, 11, tzinfo=UTC)),  # over Easter
        (datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 29, 12, tzinfo=UTC)),  # Boxing Day moved
        (datetime(2026, 7, 6, 23, 30, tzinfo=UTC), datetime(2026, 7, 8, 11, tzinfo=UTC)),  # Tuesday in London
    ],
)
def test_worked_examples(decided: datetime, told: datetime) -> None:
    assert hold.tellable_from(decided_at=decided) == told


def test_the_days_counted_are_those_of_england() -> None:
    assert date(2026, 12, 28) in ENGLAND
