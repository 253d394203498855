"""Text of imessage-exporter: every byte in a record, answers once, senders and times as they stand."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import imessage_text

from desist_chronicle.options import Options
from desist_chronicle.readers import imessage_text as reader
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, *owners: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "+447700900001.txt"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def test_each_message_is_read_once(read: Read) -> None:
    records, outcome = read(imessage_text(), "Robin Example")

    assert [(one.kind, one.sender, one.direction, one.text.split("\n")[0]) for one in records] == [
        (Kind.MESSAGE, "+447700900001", Direction.RECEIVED, "I see you"),
        (Kind.MESSAGE, "Robin Example", Direction.SENT, "Stop"),
        (Kind.MESSAGE, "+447700900001", Direction.RECEIVED, "attachments/door.heic"),
        (Kind.SYSTEM, "", Direction.UNKNOWN, "+447700900001 named the conversation Us"),
        (Kind.MESSAGE, "+447700900001", Direction.RECEIVED, "Edited 10 seconds later: two paragraphs"),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2024, 3, 12, 21, 5, 7, tzinfo=UTC),
        datetime(2024, 3, 12, 21, 6, tzinfo=UTC),
        datetime(2024, 7, 30, 23, 5, tzinfo=UTC),
        datetime(2024, 7, 30, 23, 6, tzinfo=UTC),
        datetime(2024, 7, 31, 11, 7, tzinfo=UTC),
    ]
    assert [one.flags for one in records] == [
        (Flag.REACTED_TO,),
        (),
        (Flag.ATTACHMENT,),
        (),
        (Flag.EDITED,),
    ]
    assert records[4].text.endswith("and Mar 12, 2024  9:05:07 PM")
    assert (outcome.accounted, outcome.bytes_accounted) == (True, len(imessage_text()))
    # counted without the reader: times at the beginning of a line
    lines = imessage_text().decode().split("\n")
    assert len(records) == sum(line.startswith(("Mar ", "Jul ")) for line in lines)


def test_windows_line_ends_and_a_byte_order_mark_are_read(read: Read) -> None:
    records, outcome = read(b"\xef\xbb\xbf" + imessage_text().replace(b"\n", b"\r\n"))

    assert [one.sender for one in records][:2] == ["+447700900001", "Me"]
    assert len(records) == 5
    assert outcome.accounted


def test_small_pieces_give_the_same_messages(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = read(imessage_text())
    monkeypatch.setattr("desist_chronicle.sources.Stream.read.__defaults__", (37,))

    pieces, outcome = read(imessage_text())

    assert pieces == whole
    assert outcome.accounted


def test_a_text_too_long_to_hold_goes_on_in_the_next_record(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAXIMUM_RECORD_BYTES", 100)
    monkeypatch.setattr("desist_chronicle.sources.Stream.read.__defaults__", (64,))

    records, outcome = read(b"Mar 12, 2024  9:05:07 PM\nMe\n" + b"x" * 300 + b"\n\n" + imessage_text())

    assert [one.kind for one in records[:2]] == [Kind.MESSAGE, Kind.CONTINUATION]
    assert sum(one.text.count("x") for one in records) == 300
    assert outcome.accounted


@pytest.mark.parametrize(
    "when", ["Foo 12, 2024  9:05:07 PM", "Mar 12, 2024 13:05:07 PM", "Mar 12, 1800  9:05:07 PM"]
)
def test_a_time_that_is_none_is_unreadable(when: str, read: Read) -> None:
    records, _ = read(f"{when}\nMe\nhello\n\n".encode())

    assert (records[0].sent_utc, records[0].sent_found) == (None, when)


def test_bytes_that_are_no_text_are_kept_and_flagged(read: Read) -> None:
    records, outcome = read(b"Mar 12, 2024  9:05:07 PM\nMe\nZo\xeb\n\n")

    assert (records[0].text, records[0].flags) == ("Zo\xeb", (Flag.MALFORMED,))
    assert outcome.accounted
