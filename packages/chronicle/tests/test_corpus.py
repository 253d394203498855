"""Holding records must change none of them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.chronicle.tests.casework import corpus, record

from desist_chronicle.corpus import Corpus, TooManyRecordsError
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

_CLOCKS = st.datetimes(
    min_value=datetime.fromisoformat("1970-01-01"), max_value=datetime.fromisoformat("2100-01-01")
)
RECORDS = st.builds(
    Record,
    source=st.sampled_from(["a.txt", "b.zip/c.json"]),
    seq=st.integers(0, 2**32 - 1),
    byte_start=st.integers(-1, 2**40),
    byte_end=st.integers(-1, 2**40),
    line=st.integers(0, 2**32 - 1),
    kind=st.sampled_from(Kind),
    sent_local=st.none() | _CLOCKS,
    sent_utc=st.none() | _CLOCKS.map(lambda clock: clock.replace(tzinfo=UTC)),
    precision=st.sampled_from(Precision),
    sender=st.text(max_size=5),
    recipients=st.tuples() | st.tuples(st.text(max_size=3)),
    direction=st.sampled_from(Direction),
    text=st.text(alphabet=st.characters(), max_size=20),
    flags=st.lists(st.sampled_from(Flag), unique=True, max_size=3).map(tuple),
    sent_found=st.text(max_size=10),
)


@given(st.lists(RECORDS, max_size=8))
def test_what_is_held_comes_back_as_it_was(records: list[Record]) -> None:
    held = Corpus()

    held.extend(records)

    assert list(held.reader()) == records
    assert [held.reader().text(place) for place in range(len(held))] == [one.text for one in records]


def test_half_a_character_is_held_too() -> None:
    held = Corpus()

    held.add(record("\ud83d alone"))

    assert held.reader()[0].text == "\ud83d alone"


def test_flags_are_found_whichever_set_they_are_in() -> None:
    held = corpus([record(flags=(Flag.EDITED, Flag.DRAFT)), record(), record(flags=(Flag.DRAFT,))])

    drafts = held.flagged(frozenset({Flag.DRAFT, Flag.FAILED}))

    assert drafts.tolist() == [True, False, True]


def test_a_case_that_is_too_large_is_refused_with_advice() -> None:
    held = Corpus(most=1)
    held.add(record())

    with pytest.raises(TooManyRecordsError, match="Read fewer files at a time"):
        held.add(record())


def test_a_record_costs_little_beside_its_text() -> None:
    held = corpus([record("x") for _ in range(10)])

    assert held.rows.itemsize <= 80
