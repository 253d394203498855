"""What holds for every day, and for the table of rules itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.orders import clocks
from desist.orders.rules import COMMENCED, RULES, Key, NoRule, rule

some_day = st.dates(min_value=COMMENCED, max_value=date(2060, 12, 31))


@settings(deadline=None, derandomize=True)
@given(some_day)
def test_three_days_that_begin_with_service_are_three_calendar_days(served: date) -> None:
    due = clocks.notification(served=served)

    assert due is not None
    assert {served + timedelta(days=number) for number in range(3)} == {
        served + timedelta(days=number) for number in range((due - served).days + 1)
    }


@settings(deadline=None, derandomize=True)
@given(some_day, some_day)
def test_a_change_is_never_due_before_it_happened_nor_before_the_first_notification(
    changed: date, served: date
) -> None:
    due = clocks.change(changed=changed, served=served)

    assert due == max(changed, served) + timedelta(days=2)


@settings(deadline=None, derandomize=True)
@given(some_day)
def test_a_fixed_period_may_end_just_before_the_first_free_discharge(made: date) -> None:
    assert clocks.free_discharge(made=made) - clocks.earliest_end(made=made) == timedelta(days=1)
    assert 730 <= (clocks.free_discharge(made=made) - made).days <= 731


@settings(deadline=None, derandomize=True)
@given(some_day, some_day)
def test_two_years_never_run_backwards(made: date, other: date) -> None:
    if made <= other:
        assert clocks.earliest_end(made=made) <= clocks.earliest_end(made=other)


@settings(deadline=None, derandomize=True)
@given(some_day, some_day)
def test_there_is_a_gap_exactly_when_the_hearing_is_after_the_end(ends: date, hearing: date) -> None:
    gap = clocks.interim_gap(ends=ends, hearing=hearing)

    assert (gap is not None) == (ends < hearing)
    if gap:
        assert gap.act_by < ends < gap.first <= gap.last == hearing


def test_a_clock_can_be_drawn_where_no_rule_held_only_by_saying_so() -> None:
    with pytest.raises(NoRule, match="2019-12-31"):
        clocks.notification(served=date(2019, 12, 31))


@pytest.mark.parametrize("key", Key)
def test_every_key_has_exactly_one_rule_on_every_day_since_the_act_began(key: Key) -> None:
    for on in (COMMENCED, date(2026, 11, 25), date(2050, 1, 1)):
        assert sum(row.key == key and row.since <= on <= (row.until or on) for row in RULES) == 1


def test_a_correction_is_a_new_row_and_leaves_the_past_as_it_was() -> None:
    old = rule(Key.APPEAL, on=COMMENCED)
    changed = (
        *(row for row in RULES if row.key != Key.APPEAL),
        replace(old, until=date(2027, 3, 31)),
        replace(old, figures=(20,), since=date(2027, 4, 1)),
    )

    assert rule(Key.APPEAL, on=date(2027, 3, 31), table=changed).figures == (15,)
    assert rule(Key.APPEAL, on=date(2027, 4, 1), table=changed).figures == (20,)


def test_every_rule_names_its_source_and_says_when_that_was_not_read() -> None:
    assert all(row.source and row.sentence.endswith(".") for row in RULES)
    assert {row.key for row in RULES if not row.read} == {Key.SERVE, Key.INTERIM_GAP, Key.REVIEW, Key.APPEAL}
