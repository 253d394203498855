"""Snapchat's chat history in both layouts: nothing is left out, and what Snapchat does not say is not made up."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import snapchat, snapchat_by_direction

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, *owners: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "chat_history.json"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def test_the_layout_by_direction_tells_sent_from_received(read: Read) -> None:
    records, outcome = read(snapchat_by_direction(), "Ann")

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records] == [
        ("bob.sample", ("Ann",), Direction.RECEIVED, "I see you é"),
        ("bob.sample", ("Ann",), Direction.RECEIVED, "[MEDIA]"),
        ("Ann", ("bob.sample",), Direction.SENT, "Stop"),
    ]
    assert records[0].sent_utc == datetime(2024, 3, 12, 21, 5, tzinfo=UTC)
    assert records[1].flags == (Flag.ATTACHMENT,)
    assert (outcome.format, outcome.partial) == ("Snapchat (JSON)", False)
    # counted without the reader
    assert len(records) == sum(map(len, json.loads(snapchat_by_direction()).values()))


def test_the_layout_by_conversation_keeps_people_groups_and_kinds(read: Read) -> None:
    records, outcome = read(snapchat())

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records] == [
        ("bob.sample", (), Direction.RECEIVED, 'He said "Media Type": [x]\nagain'),
        ("ann.example", ("bob.sample",), Direction.SENT, "Stop"),
        ("bob.sample", (), Direction.RECEIVED, "[STATUSCALLMISSEDVIDEO]"),
        ("bob.sample", (), Direction.RECEIVED, "[STATUSERASEDMESSAGE]"),
        ("bob.sample", (), Direction.RECEIVED, "[STICKER]"),
        ("bob.sample", (), Direction.RECEIVED, "[NOTE b~1]"),
        ("cat.example", ("A group",), Direction.RECEIVED, "all"),
        ("ann.example", ("0f é",), Direction.SENT, "hello"),
    ]
    assert [one.kind for one in records[2:4]] == [Kind.MISSED_CALL, Kind.SYSTEM]
    assert [one.flags for one in records[3:6]] == [(Flag.DELETED,), (Flag.STICKER,), (Flag.ATTACHMENT,)]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 9, tzinfo=UTC)
    assert "Snapchat gives only what was saved" in outcome.warnings[0]
    # counted without the reader
    assert len(records) == sum(map(len, json.loads(snapchat()).values()))


def test_the_owner_is_the_one_who_sends(read: Read) -> None:
    assert read(snapchat(), "Ann")[0][1].sender == "Ann"
    assert read(snapchat(), "Ann", "ann.example")[0][1].sender == "ann.example"


def test_each_record_has_its_own_bytes(read: Read) -> None:
    data = snapchat()

    records, _ = read(data)

    assert [json.loads(data[one.byte_start : one.byte_end])["Created"] for one in records] == [
        one.sent_found for one in records
    ]


def test_entries_that_are_no_messages_are_kept_as_unread_and_told(read: Read) -> None:
    whole = {
        "odd\\x": [{"From": "bob", "Media Type": "TEXT", "Created": "soon", "IsSender": "no"}],
        "b\\": [{"Media Type": "TEXT", "Created": "2024-03-12 21:05:00 UTC", "IsSender": None}],
        "Settings": [{"Colour": "red"}, "odd"],
    }

    records, outcome = read(json.dumps(whole).replace("\\\\x", "\\x").encode())

    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.MESSAGE, Kind.UNREAD]
    assert records[0].flags == (Flag.TIME_UNREADABLE,)
    assert records[0].recipients == ("odd\\x",)
    assert {one.direction for one in records} == {Direction.UNKNOWN}
    assert outcome.without_sender == 1
    assert outcome.partial
    said = "\n".join(outcome.warnings)
    assert (
        "1 entries of chat_history.json are in no layout that is known; they are kept. Ask Snapchat" in said
    )
    assert "1 entries among the messages are no messages and were left out." in said


def test_a_history_in_a_layout_that_is_not_known_is_refused(read: Read) -> None:
    records, outcome = read(b'{"bob": {"1": {"From": "bob", "Media Type": "TEXT", "Created": "x"}}}')

    assert (records, outcome.refused) == ([], True)
    assert (
        "has no list of messages in a layout that is known. Nothing was read. Ask Snap"
        in outcome.warnings[-1]
    )


@pytest.mark.parametrize("end", [b'"Stop"', b"}, {", b"], ", b'"0f'])
def test_a_history_cut_short_is_told(end: bytes, read: Read) -> None:
    data = snapchat()

    _, outcome = read(data[: data.index(end) + len(end)])

    assert outcome.partial
    assert "cut short there" in outcome.warnings[-1] or "cut short there" in outcome.warnings[1]


@pytest.mark.parametrize("written", ["2024-03-12", "1900-01-01 00:00:00 UTC", "0001-01-01 00:00:00+23:00", 5])
def test_a_time_that_is_none_is_kept_as_found(written: object, read: Read) -> None:
    records, _ = read(json.dumps({"x": [{"From": "b", "Media Type": "TEXT", "Created": written}]}).encode())

    assert records[0].flags == (Flag.TIME_UNREADABLE,)
