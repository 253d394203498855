"""Placing sessions: bank holidays, leave, clock changes, and what no proposal may ever do."""

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desist import working_days
from desist.programme.calendar.busy.hours import Hours, intervals
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner.proposal import LONDON
from desist.programme.intervals import Interval
from desist.refusals import Refused

TEN = time(10)
LENGTHS = dict.fromkeys(range(1, 13), 90)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
HOURS = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@st.composite
def taken(draw: st.DrawFn) -> list[Interval]:
    """Stretches of a few hours or days, here and there in half a year."""
    base = datetime.combine(draw(DAYS), time(), LONDON)
    starts = draw(st.lists(st.integers(0, 180 * 24), max_size=25))
    lengths = draw(st.lists(st.integers(1, 72), min_size=25, max_size=25))
    return [
        Interval(base + timedelta(hours=start), base + timedelta(hours=start + length))
        for start, length in zip(starts, lengths, strict=False)
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=DAYS, at=HOURS, busy=taken(), minutes=st.integers(30, 150))
def test_a_proposal_never_double_books_nor_falls_on_a_bank_holiday(
    first: date, at: time, busy: list[Interval], minutes: int
) -> None:
    try:
        found = proposal.weekly(first=first, at=at, lengths=dict.fromkeys(range(1, 13), minutes), taken=busy)
    except Refused:
        return
    periods = [one.period for one in found]
    assert [one.number for one in found] == list(range(1, 13))
    assert all(before.end <= after.start for before, after in itertools.pairwise(periods))
    assert not any(one.overlaps(other) for one in periods for other in busy)
    for one in periods:
        here = one.start.astimezone(LONDON)
        assert not working_days.holiday(here.date())
        assert here.time() == at
        assert one.end - one.start == timedelta(minutes=minutes)
        assert here.date() >= first


def test_easter_monday_moves_to_the_next_day_and_says_why() -> None:
    found = proposal.weekly(first=date(2026, 3, 30), at=TEN, lengths=LENGTHS, taken=())

    assert found[1].period.start == datetime(2026, 4, 7, 9, tzinfo=UTC)
    assert found[1].reason == "moved from Monday: Easter Monday is a bank holiday"


def test_a_week_without_a_place_is_passed_over_and_says_why() -> None:
    found = proposal.weekly(first=date(2026, 12, 18), at=TEN, lengths=LENGTHS, taken=())

    assert found[1].period.start == datetime(2027, 1, 8, 10, tzinfo=UTC)
    assert found[1].reason == (
        "not on 25 December 2026: Christmas Day is a bank holiday; "
        "not on 1 January 2027: New Year's Day is a bank holiday"
    )
    assert not found[2].reason


def test_a_week_of_leave_moves_to_the_week_after() -> None:
    away = Interval(
        datetime(2026, 3, 9, tzinfo=LONDON), datetime(2026, 3, 14, tzinfo=LONDON), "Kit Marlow is away then"
    )

    found = proposal.weekly(first=date(2026, 3, 3), at=TEN, lengths={1: 90, 2: 90}, taken=[away])

    assert [one.period.start.date() for one in found] == [date(2026, 3, 3), date(2026, 3, 17)]


def test_the_hour_in_london_stays_over_a_clock_change() -> None:
    found = proposal.weekly(first=date(2026, 3, 23), at=TEN, lengths={1: 90, 2: 90}, taken=())

    assert [one.period.start for one in found] == [
        datetime(2026, 3, 23, 10, tzinfo=UTC),
        datetime(2026, 3, 30, 9, tzinfo=UTC),
    ]


def test_nothing_fits_where_everything_is_taken() -> None:
    everything = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))

    with pytest.raises(Refused, match="Only 0 of 12 sessions fit"):
        proposal.weekly(first=date(2026, 3, 3), at=TEN, lengths=LENGTHS, taken=[everything])


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        (date(2026, 5, 25), TEN, "is a bank holiday"),
        (date(2026, 3, 29), time(1, 30), "the clocks go forward over this hour"),
        (date(2026, 10, 25), time(1, 30), "the clocks go back, and this hour happens twice"),
        (date(2026, 3, 3), TEN, "the room is taken then"),
    ],
)
def test_a_chosen_time_that_cannot_be_is_refused_in_one_sentence(day: date, at: time, words: str) -> None:
    room = Interval(
        datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 11, tzinfo=UTC), "the room is taken then"
    )

    with pytest.raises(Refused, match=words):
        proposal.place(day=day, at=at, minutes=90, taken=[room])


def test_a_session_over_a_clock_change_is_as_long_as_it_is() -> None:
    night = proposal.period(date(2026, 3, 29), time(0, 30), 90)

    assert night.end - night.start == timedelta(minutes=90)
    assert night.end.astimezone(LONDON).time() == time(3)


def test_one_proposal_is_told_from_another() -> None:
    one = proposal.weekly(first=date(2026, 3, 3), at=TEN, lengths={1: 90}, taken=())
    other = proposal.weekly(first=date(2026, 3, 3), at=TEN, lengths={1: 60}, taken=())

    assert proposal.fingerprint(one) != proposal.fingerprint(other)
    assert proposal.fingerprint(one) == proposal.fingerprint(list(one))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(weekday=st.integers(0, 6), starts=HOURS, ends=HOURS, first=DAYS, days=st.integers(0, 60))
def test_a_time_of_the_week_comes_on_its_weekday_alone(
    weekday: int, starts: time, ends: time, first: date, days: int
) -> None:
    hours = Hours(weekday, starts, ends, None, None, "work")
    last = first + timedelta(days=days)

    found = list(intervals(hours, first=first, last=last))

    local = [one.start.astimezone(LONDON) for one in found]
    assert all(one.date().weekday() == weekday for one in local)
    assert len(found) == sum(
        (first + timedelta(days=number)).weekday() == weekday for number in range(days + 1)
    )


def test_one_day_is_one_day_and_an_end_is_an_end() -> None:
    day = date(2026, 3, 6)
    once = Hours(4, time(0), time(0), day, day, "worship")
    until = Hours(4, time(12), time(14), None, date(2026, 3, 13), "worship")
    span = {"first": date(2026, 3, 1), "last": date(2026, 4, 30)}

    assert [one.start.date() for one in intervals(once, **span)] == [day]
    assert len(list(intervals(until, **span))) == 2
    whole = next(iter(intervals(once, **span)))
    assert whole.end - whole.start == timedelta(days=1)
