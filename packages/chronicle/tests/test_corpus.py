"""Holding records must change none of them."""

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.chronicle.tests.casework import corpus, record

from desist_chronicle.corpus import BrokenCorpusError, Corpus, TooManyRecordsError
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


def written(records: list[Record]) -> bytes:
    out, held = io.BytesIO(), Corpus()
    held.extend(records)
    held.write(out)
    return out.getvalue()


@given(st.lists(RECORDS, max_size=8), st.lists(RECORDS, max_size=8))
def test_what_another_process_held_is_taken_over_as_it_was(first: list[Record], second: list[Record]) -> None:
    held = Corpus()

    for records in (first, second):
        held.take(io.BytesIO(written(records)))

    assert list(held.reader()) == first + second


@pytest.mark.parametrize("size", [0, 10, 200, -1])
def test_what_was_cut_on_the_way_is_not_taken(size: int) -> None:
    held = corpus([record()])

    with pytest.raises(BrokenCorpusError):
        held.take(io.BytesIO(written([record(), record()])[:size]))

    assert len(held) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("text_at", 2**63), ("text_size", 2**31), ("found_size", 9999)),
        *(
            (name, 200)
            for name in ("kind", "precision", "direction", "source", "sender", "recipients", "flags")
        ),
    ],
)
def test_rows_that_point_beyond_what_came_are_not_taken(column: str, value: int) -> None:
    head, _, rest = written([record()]).partition(b"\n")
    rows = corpus([record()]).rows.copy()
    rows[column] = value

    with pytest.raises(BrokenCorpusError):
        Corpus().take(io.BytesIO(head + b"\n" + rows.tobytes() + rest[rows.nbytes :]))


@pytest.mark.parametrize("names", [[], [["a"], ["b"], [[]], [["no flag"]]], [["a"], ["b"], [1], [[]]], 7])
def test_names_that_are_none_are_not_taken(names: object) -> None:
    head, _, rest = written([record()]).partition(b"\n")
    number, size, _ = json.loads(head)

    with pytest.raises(BrokenCorpusError):
        Corpus().take(io.BytesIO(json.dumps([number, size, names]).encode() + b"\n" + rest))


def test_more_than_there_is_room_for_is_not_taken() -> None:
    with pytest.raises(TooManyRecordsError):
        Corpus(most=1).take(io.BytesIO(written([record(), record()])))


def test_half_a_character_is_held_too() -> None:
    held = Corpus()

    held.add(record("\ud83d alone"))

    assert held.reader()[0].text == "\ud83d alone"


def test_texts_are_given_back_many_at_a_time_and_in_any_order() -> None:
    held = corpus([record("first"), record("\u00e9"), record("last")])
    rows = held.rows[[2, 0, 1]]

    assert held.pieces(rows["text_at"], rows["text_size"]) == [b"last", b"first", "\u00e9".encode()]


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
