"""A digest depends on what was read and not on how it was handed over."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.digest import Digest
from desist_chronicle.jsonl import from_line, to_line
from desist_chronicle.ledger import Tally
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

MOMENTS = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)).map(  # noqa: DTZ001  hypothesis asks for this
    lambda moment: moment.replace(tzinfo=UTC)
)
TEXTS = st.text(st.characters(), max_size=6)
RECORDS = st.builds(
    Record,
    *(
        TEXTS,
        st.integers(0, 9),
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(0, 9),
        st.sampled_from(Kind),
    ),
    *(st.none(), MOMENTS, st.sampled_from(Precision), TEXTS, st.lists(TEXTS, max_size=2).map(tuple)),
    *(st.sampled_from(Direction), TEXTS, st.lists(st.sampled_from(Flag), max_size=2).map(tuple), TEXTS),
)


def digest_of(*blocks: list[Record]) -> str:
    digest = Digest()
    for block in blocks:
        digest.add(block)
    return digest.hexdigest()


@given(st.lists(RECORDS, max_size=6), st.integers(0, 6))
def test_the_grouping_of_records_makes_no_difference(records: list[Record], cut: int) -> None:
    assert digest_of(records) == digest_of(records[:cut], [], records[cut:])


@given(RECORDS, RECORDS)
def test_records_that_say_something_else_have_another_digest(one: Record, other: Record) -> None:
    same = one[2:4] + one[5:6] + one[7:] == other[2:4] + other[5:6] + other[7:]

    assert (digest_of([one]) == digest_of([other])) == same


@given(RECORDS)
def test_a_record_comes_back_from_its_line_as_it_was(record: Record) -> None:
    record = record._replace(sent_local=datetime(2024, 3, 12, 21, 5))  # noqa: DTZ001  a wall clock has no zone

    assert from_line(to_line(record)) == record


def test_a_tally_counts_every_place_where_records_do_not_meet() -> None:
    plain = Record(
        *("s", 0, 0, 5, 1, Kind.MESSAGE, None, None, Precision.MINUTE, "", (), Direction.UNKNOWN, "", (), "")
    )
    tally = Tally()

    tally.add([])
    tally.add([plain, plain._replace(byte_start=5, byte_end=9, kind=Kind.SYSTEM)])
    tally.add([plain._replace(byte_start=10, byte_end=12)])

    assert (tally.gaps, tally.end) == (1, 12)
    assert tally.bytes == {Kind.MESSAGE: 7, Kind.SYSTEM: 4}
