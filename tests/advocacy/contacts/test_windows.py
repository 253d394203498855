"""When contact is safe: by London's clock, on the days they named, and never while it is marked as not safe."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.windows import Window, bar, safe

EVERY_DAY = tuple(range(7))
TEXT = Window(Channel.TEXT, EVERY_DAY, time(9), time(17))
CALL = Window(Channel.CALL, (1,), time(12), time(13))
TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def test_the_bar_says_what_is_safe_and_until_when() -> None:
    known = bar(windows=[TEXT, CALL], flagged=False, at=TUESDAY)

    assert known.sentence == "Safe now: text only, until 5pm."
    assert known.safe


def test_two_ways_at_once_last_until_the_first_ends() -> None:
    known = bar(windows=[TEXT, CALL], flagged=False, at=TUESDAY + timedelta(hours=2))

    assert known.sentence == "Safe now: call or text, until 1pm."


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (8, "Wait: no safe time now. Next: text, tomorrow from 9am."),
        (-2, "Wait: no safe time now. Next: text, today from 9am."),
    ],
)
def test_between_two_safe_times_it_names_the_next(hours: int, sentence: str) -> None:
    assert bar(windows=[TEXT, CALL], flagged=False, at=TUESDAY + timedelta(hours=hours)).sentence == sentence


def test_a_time_of_the_same_weekday_that_is_over_comes_again_in_a_week() -> None:
    known = bar(windows=[CALL], flagged=False, at=TUESDAY + timedelta(hours=5))

    assert known.sentence == "Wait: no safe time now. Next: call, Tuesday from midday."


def test_where_no_time_is_recorded_it_says_so_and_offers_nothing() -> None:
    known = bar(windows=[], flagged=False, at=TUESDAY)

    assert known.sentence.startswith("No safe time is recorded yet: ask them")
    assert not known.safe


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.sampled_from(list(Channel)), st.integers(0, 22), st.integers(1, 23)), max_size=4),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 -- made aware below
)
def test_marked_as_not_safe_nothing_ever_is(rows: list[tuple[Channel, int, int]], at: datetime) -> None:
    windows = [Window(way, EVERY_DAY, time(start), time(end)) for way, start, end in rows if start < end]
    moment = at.replace(tzinfo=UTC)

    assert safe(windows=windows, flagged=True, at=moment) == ()
    assert bar(windows=windows, flagged=True, at=moment).sentence.startswith("Not safe now")
    assert bar(windows=windows, flagged=False, at=moment).sentence


def test_after_the_clocks_change_the_hour_on_the_wall_counts() -> None:
    before, after = datetime(2026, 3, 28, 9, 30, tzinfo=UTC), datetime(2026, 3, 29, 8, 30, tzinfo=UTC)

    assert TEXT.holds(before)
    assert TEXT.holds(after)
    assert not TEXT.holds(datetime(2026, 3, 29, 16, 30, tzinfo=UTC))


def test_the_end_is_not_in_it() -> None:
    assert TEXT.holds(datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    assert not TEXT.holds(datetime(2026, 3, 3, 17, 0, tzinfo=UTC))
