"""Occasions are runs of contacts; the quiet between them is told in whole days."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.occasions import Gap, gaps

START = datetime.fromisoformat("2024-03-01 08:00")


def test_a_gap_of_exactly_the_limit_does_not_end_an_occasion() -> None:
    found = charted(
        [record(at="2024-03-01 08:00"), record(at="2024-03-01 20:00"), record(at="2024-03-02 08:01")]
    )

    assert len(found.occasions) == 2
    assert found.occasions.sensitivity == {1.0: 3, 6.0: 3, 12.0: 2, 24.0: 1}


def test_answers_and_records_without_a_time_make_no_occasion() -> None:
    found = charted([record(sender="Robin Example"), record(at=None)])

    assert len(found.occasions) == 0
    assert found.occasions.sensitivity == {1.0: 0, 6.0: 0, 12.0: 0, 24.0: 0}
    assert gaps(occasions=found.occasions) == []


def test_quiet_days_are_whole_days_between_occasions() -> None:
    found = charted([record(at=f"2024-03-{day:02d} 08:00") for day in (1, 2, 4, 14)])

    assert gaps(occasions=found.occasions) == [
        None,
        None,
        Gap(first_day=date(2024, 3, 3), last_day=date(2024, 3, 3)),
        Gap(first_day=date(2024, 3, 5), last_day=date(2024, 3, 13)),
    ]
    assert Gap(first_day=date(2024, 3, 5), last_day=date(2024, 3, 13)).days == 9


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=40))
def test_every_dated_contact_is_in_exactly_one_occasion_and_order_does_not_matter(minutes: list[int]) -> None:
    times = [START + timedelta(minutes=minute) for minute in minutes]

    found = charted([record(at=time.isoformat(" ")) for time in times]).occasions

    assert int((found.ends - found.starts).sum()) == len(times)
    assert all(found.starts[1:] == found.ends[:-1])
    ordered = sorted(times)
    breaks = sum(after - before > timedelta(hours=12) for before, after in pairwise(ordered))
    assert len(found) == breaks + 1
    assert list(found.sensitivity.values()) == sorted(found.sensitivity.values(), reverse=True)
