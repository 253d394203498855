"""The programme's clocks: in London's days, over weekends and bank holidays, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desist import working_days
from desist.programme import clocks


@pytest.mark.parametrize(
    ("now", "words", "urgency"),
    [
        (datetime(2026, 3, 6, 9, tzinfo=UTC), "by 10 March", ""),
        (datetime(2026, 3, 9, 9, tzinfo=UTC), "by 10 March", "soon"),
        (datetime(2026, 3, 10, 9, tzinfo=UTC), "today is the last day", "soon"),
        (datetime(2026, 3, 11, 9, tzinfo=UTC), "was due by 10 March", "late"),
        (datetime(2026, 3, 13, 9, tzinfo=UTC), "was due by 10 March", "late"),
    ],
)
def test_a_missed_session_is_followed_up_within_two_working_days(
    now: datetime, words: str, urgency: str
) -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)

    clock = clocks.follow_up(missed_on=friday, now=now)

    assert (clock.words, clock.urgency) == (words, urgency)


def test_two_working_days_never_take_longer_than_what_is_left_out_of_the_clock_counts_on() -> None:
    first = date(2020, 1, 1)

    days = [first + timedelta(days=number) for number in range(20 * 365)]
    longest = max(working_days.after(day, clocks.FOLLOW_UP_DAYS) - day for day in days)

    assert longest < clocks.FOLLOW_UP_MOST
