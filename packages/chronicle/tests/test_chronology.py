"""The chronology's lines come in order, with nothing left out and every gap told."""

from datetime import date, datetime
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.chronology import Entry, Occasion, heads, lines, quiet, span, when
from desist_chronicle.occasions import Gap
from desist_chronicle.records import Kind, Precision
from desist_chronicle.scope import Scope

TOLD = [
    record(at="2024-03-01 08:00"),
    record(at="2024-03-01 08:05", sender="Robin Example"),
    record(at="2024-03-04 21:00"),
    record(at="2024-03-05 01:00", kind=Kind.MISSED_CALL),
    record(at=None),
]


def test_occasions_and_quiet_times_stand_before_what_belongs_to_them() -> None:
    found = list(lines(course=charted(TOLD)))

    assert [type(line).__name__ for line in found] == [
        *("Occasion", "Entry", "Entry", "Gap", "Occasion", "Entry", "Entry", "Entry")
    ]
    assert [(line.number, line.occasion) for line in found if isinstance(line, Entry)] == [
        (1, 1),
        (2, 0),
        (3, 2),
        (4, 2),
        (5, 0),
    ]


def test_without_entries_the_heads_remain() -> None:
    found = list(heads(course=charted(TOLD)))

    assert [type(line).__name__ for line in found] == ["Occasion", "Gap", "Occasion"]


def test_copies_are_told_by_number_and_not_shown() -> None:
    texts = ["the distinctive message one", "the distinctive message two", "the distinctive message three"]
    told = [record(text, source=source) for source in ("a.txt", "b.txt") for text in texts]

    found = [line for line in lines(course=charted(told)) if isinstance(line, Entry)]

    assert [entry.copies for entry in found] == [1, 1, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9_000), st.booleans()), min_size=1, max_size=20))
def test_every_shown_record_is_exactly_one_entry_in_order_of_time(told: list[tuple[int, bool]]) -> None:
    records = [
        record(at=f"2024-03-{1 + minute // 1440:02d} {minute % 1440 // 60:02d}:{minute % 60:02d}")._replace(
            sender="Sam Sample" if by_subject or place == 0 else "Robin Example"
        )
        for place, (minute, by_subject) in enumerate(told)
    ]
    course = charted(records, scope=Scope())

    found = list(lines(course=course))

    entries = [line for line in found if isinstance(line, Entry)]
    times = [course.corpus.rows["utc"][entry.record] for entry in entries]
    assert sorted(entry.record for entry in entries) == list(range(len(records)))
    assert times == sorted(times)
    numbers = [line.number for line in found if isinstance(line, Occasion)]
    assert numbers == list(range(1, len(course.occasions) + 1))
    assert [number for number, _ in groupby(entry.occasion for entry in entries if entry.occasion)] == numbers


def test_a_time_is_written_as_fine_as_it_is_known() -> None:
    assert when(record(at="2024-03-01 08:00")) == "1 Mar 2024 08:00 GMT"
    assert (
        when(record(at="2024-07-01 08:00:09", precision=Precision.SECOND, ahead=60))
        == "1 Jul 2024 08:00:09 BST"
    )
    assert when(record(at="2024-07-01 08:00", ahead=-570)) == "1 Jul 2024 08:00 UTC-09:30"
    assert when(record(at="2024-07-01 08:00", ahead=120)) == "1 Jul 2024 08:00 UTC+02:00"
    assert when(record(at="2024-07-01", precision=Precision.DAY)) == "1 Jul 2024"
    assert when(record(at="2024-07-01 08:00")._replace(sent_utc=None)) == "1 Jul 2024 08:00"
    assert when(record(at=None)) == "no time"
    assert when(record(at=None)._replace(sent_found="31/31/31")) == "no time: “31/31/31”"


def test_spans_and_quiet_times_are_written_in_words() -> None:
    began = datetime.fromisoformat("2024-03-12 21:05")
    later, next_day = began.replace(hour=23), began.replace(day=13)

    assert span(Occasion(1, began, began, "")) == "12 Mar 2024 21:05"
    assert span(Occasion(1, began, later, "")) == "12 Mar 2024 21:05 to 23:05"
    assert span(Occasion(1, began, next_day, "")) == "12 Mar 2024 21:05 to 13 Mar 2024 21:05"
    one = Gap(date(2024, 3, 2), date(2024, 3, 2))
    assert quiet(one) == "No recorded contact from the subject on 2 Mar 2024 (1 day)"
    assert quiet(Gap(date(2024, 3, 14), date(2024, 4, 1))) == (
        "No recorded contact from the subject 14 Mar 2024 to 1 Apr 2024 (19 days)"
    )
