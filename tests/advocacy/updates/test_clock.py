"""The Victims' Code clock of news: working days, and none on which a call would have been dangerous."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist import working_days
from desist.advocacy import clocks, rules
from desist.advocacy.clocks import Pause

DAY = timedelta(days=1)
MOMENTS = st.integers(0, 4 * 365 * 24).map(
    lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-03-03T14:30+00:00", 1, date(2026, 3, 4)),
        ("2026-03-06T16:00+00:00", 1, date(2026, 3, 9)),  # Friday to Monday
        ("2026-03-07T16:00+00:00", 1, date(2026, 3, 9)),  # Saturday counts like Friday
        ("2026-04-02T16:00+01:00", 1, date(2026, 4, 7)),  # Good Friday and Easter Monday
        ("2026-12-24T09:00+00:00", 5, date(2027, 1, 5)),  # Christmas, Boxing Day and New Year
        ("2028-02-28T23:30+00:00", 1, date(2028, 2, 29)),
        ("2026-03-28T23:30+00:00", 1, date(2026, 3, 30)),  # the night the clocks go forward
        ("2026-06-30T23:30+00:00", 1, date(2026, 7, 2)),  # in London it is 1 July already
    ],
)
def test_worked_days(received: str, limit: int, due: date) -> None:
    at = datetime.fromisoformat(received)
    clock = clocks.update(received_at=at, limit=limit, pauses=(), now=at)

    assert (clock.due_on, clock.late) == (due, False)
    eve = datetime(due.year, due.month, due.day, 22, tzinfo=UTC)
    assert not clocks.update(received_at=at, limit=limit, pauses=(), now=eve - timedelta(hours=2)).late
    assert clocks.update(received_at=at, limit=limit, pauses=(), now=eve + DAY).late


def test_words_say_what_is_due_and_what_is_over() -> None:
    at = datetime(2026, 3, 6, 9, tzinfo=UTC)

    def words(days: int) -> str:
        return clocks.update(received_at=at, limit=1, pauses=(), now=at + days * DAY).words

    assert words(0) == "due by 9 March 2026"
    assert words(4) == "1 working day late"
    friday = datetime(2026, 3, 5, 9, tzinfo=UTC)
    saturday = clocks.update(received_at=friday, limit=1, pauses=(), now=friday + 2 * DAY)
    assert saturday.words == "was due on 6 March 2026"


@given(received=MOMENTS, days=st.integers(0, 60), limit=st.sampled_from((1, 5)), data=st.data())
def test_a_pause_never_makes_a_clock_later_and_every_working_day_is_counted_once(
    received: datetime, days: int, limit: int, data: st.DataObject
) -> None:
    now = received + days * DAY
    starts = data.draw(st.lists(st.integers(0, 60), max_size=3))
    pauses = [Pause(received + one * DAY, received + (one + 2) * DAY) for one in starts]

    free = clocks.update(received_at=received, limit=limit, pauses=(), now=now)
    held = clocks.update(received_at=received, limit=limit, pauses=pauses, now=now)

    assert held.counted + held.paused == free.counted
    assert not (held.late and not free.late)
    assert held.due_on >= free.due_on
    assert working_days.is_working(held.due_on)


@given(received=MOMENTS, days=st.integers(0, 60))
def test_a_clock_that_stands_still_is_never_red(received: datetime, days: int) -> None:
    clock = clocks.update(
        received_at=received, limit=1, pauses=[Pause(received, None)], now=received + days * DAY
    )

    assert (clock.urgency, clock.late) == ("calm", False)


def test_the_rule_says_where_it_is_written() -> None:
    rule = rules.in_force(rules.UPDATE, on=date(2026, 3, 3))

    assert (rule.days(enhanced=True), rule.days(enhanced=False)) == (1, 5)
    assert "Victims" in rule.source
