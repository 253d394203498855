"""iMazing's tables, and times in tables that state their distance from UTC."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from packages.chronicle.tests.made_up.phone_samples import BOB, imazing_table
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.readers.table_times import without_offset
from desist_chronicle.records import Direction, Flag, Kind


def test_each_row_of_imazing_is_read_with_its_marks(read_one: ReadOne) -> None:
    records, outcome = read_one(imazing_table(), "Ann")

    assert [(one.kind, one.sender, one.recipients, one.direction, one.text) for one in records[1:]] == [
        (Kind.MESSAGE, "Bob", (), Direction.RECEIVED, 'I see you, "there"\nagain é'),
        (
            Kind.MESSAGE,
            "Ann",
            ("Bob",),
            Direction.SENT,
            "[in reply to: I see you]\nStop\n[reactions: Bob: ❤]",
        ),
        (Kind.MESSAGE, BOB, (), Direction.RECEIVED, "look\n[door.jpg]"),
        (Kind.MESSAGE, "Bob", (), Direction.RECEIVED, "gone"),
        (Kind.SYSTEM, "", ("Bob",), Direction.UNKNOWN, "Bob left"),
    ]
    assert [one.flags for one in records[2:5]] == [
        *((Flag.REACTED_TO,), (Flag.ATTACHMENT, Flag.EDITED), (Flag.DELETED,)),
    ]
    # a day written year first stays one, whatever order is stated for the other files
    assert records[1].sent_utc == datetime(2024, 7, 31, 21, 5, 1, tzinfo=UTC)
    assert outcome.accounted
    # counted without the reader
    rows = list(csv.DictReader(imazing_table().decode().splitlines(keepends=True)))
    assert [one.sent_found for one in records[1:]] == [row["Message Date"] for row in rows]
    assert all(row["Text"] in one.text for row, one in zip(rows, records[1:], strict=True))


@pytest.mark.parametrize(
    ("written", "plain", "ahead"),
    [
        ("2024-07-31T22:05:01.000Z", "2024-07-31T22:05:01.000", timedelta()),
        ("31/07/2024 22:05:01(UTC+1)", "31/07/2024 22:05:01", timedelta(hours=1)),
        ("31/07/2024 22:05 (UTC-3:30)", "31/07/2024 22:05", -timedelta(hours=3, minutes=30)),
        ("31/07/2024 22:05:01 UTC", "31/07/2024 22:05:01", timedelta()),
        ("2024-07-31 22:05:01.123+02:00", "2024-07-31 22:05:01", timedelta(hours=2)),
        ("2024-07-31 22:05:01 -0500", "2024-07-31 22:05:01", -timedelta(hours=5)),
        ("31/07/2024 09:00-10:30", "31/07/2024 09:00-10:30", None),
        ("31/07/2024 22:05:01 +99:00", "31/07/2024 22:05:01 +99:00", None),
        ("2024-07-31", "2024-07-31", None),
        ("in UTC", "in UTC", None),
    ],
)
def test_the_distance_from_utc_is_read_where_it_is_stated(
    written: str, plain: str, ahead: timedelta | None
) -> None:
    assert without_offset(written) == (plain, ahead)


def test_a_row_that_states_its_distance_is_read_by_it(read_one: ReadOne) -> None:
    records, _ = read_one(b"Date and time,Text\n31/07/2024 22:05:01 UTC,a\n31/07/2024 UTC,b\n")

    assert records[1].sent_utc == datetime(2024, 7, 31, 22, 5, 1, tzinfo=UTC)
    assert records[1].sent_local == datetime(2024, 7, 31, 23, 5, 1)  # noqa: DTZ001  a wall clock has no zone
    assert records[2].sent_local == datetime(2024, 7, 31)  # noqa: DTZ001  as above
