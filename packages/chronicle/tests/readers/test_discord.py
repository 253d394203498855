"""Discord's own package, which has one side only and says so, and the exporter's JSON, which has both."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import (
    discord_exporter,
    discord_number,
    discord_package,
    discord_table,
)

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, *owners: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "messages"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


@pytest.mark.parametrize("made", [discord_package, discord_table])
def test_a_package_holds_the_accounts_own_messages_and_says_so(made: Callable[[], bytes], read: Read) -> None:
    records, outcome = read(made(), "Ann Example")

    messages = [one for one in records if one.kind == Kind.MESSAGE]
    assert [(one.sender, one.direction, one.text) for one in messages] == [
        ("Ann Example", Direction.SENT, "Stop é\nnow"),
        ("Ann Example", Direction.SENT, "[https://cdn.example/door.jpg]"),
    ]
    assert [one.sent_utc.replace(microsecond=0) for one in messages if one.sent_utc] == [
        datetime(2024, 3, 12, 21, 5, 7, tzinfo=UTC),
        datetime(2024, 7, 31, 21, 5, 8, tzinfo=UTC),
    ]
    assert messages[1].flags == (Flag.ATTACHMENT,)
    assert outcome.format == "Discord package"
    assert outcome.accounted in {True, None}
    (said,) = outcome.warnings
    assert "what others wrote to them is NOT in it" in said


def test_a_package_has_every_entry_and_row() -> None:
    # counted without the readers
    assert len(json.loads(discord_package())) == 2
    assert len(list(csv.reader(io.StringIO(discord_table().decode())))) == 3


def test_without_an_owner_the_messages_are_counted_as_without_a_sender(read: Read) -> None:
    assert read(discord_package())[1].without_sender == 2


def test_a_time_that_is_not_its_numbers_is_told(read: Read) -> None:
    data = discord_package().replace(b"21:05:07", b"22:05:07")
    _, outcome = read(data.replace(str(discord_number(1722459908000)).encode(), b"9" * 25))

    assert "1 messages of messages have another time than their numbers hold." in outcome.warnings[-1]


def test_entries_of_another_layout_and_damaged_rows_are_kept(read: Read) -> None:
    known = {"ID": "x", "Timestamp": "soon", "Contents": "a", "Attachments": ""}
    entries = [known, known | {"Sender": "Bob"}]
    records, outcome = read(json.dumps(entries).encode())
    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.UNREAD]
    assert records[0].flags == (Flag.TIME_UNREADABLE,)
    assert outcome.partial

    records, outcome = read(discord_table() + b"1,2\r\n1,2\r3\n")
    assert [one.kind for one in records[3:]] == [Kind.UNREAD, Kind.UNREAD]
    assert records[3].text == "1,2"
    assert outcome.accounted


@pytest.mark.parametrize("made", [discord_package, discord_exporter])
def test_what_is_cut_short_is_told(made: Callable[[], bytes], read: Read) -> None:
    data = made()

    records, outcome = read(data[: data.index(b"door.jpg") + 3])

    assert records[-1].kind == Kind.UNREAD
    assert outcome.partial


def test_an_exported_channel_is_read_with_everybodys_messages(read: Read) -> None:
    data = discord_exporter()

    records, outcome = read(data, "ann.example")

    assert [(one.sender, one.direction, one.text) for one in records] == [
        ("bob.sample", Direction.RECEIVED, 'I see you "messages": [\nagain'),
        ("ann.example", Direction.SENT, "[in reply to message 1]\nStop\n[reactions: ❤ ann.example]"),
        ("bob.sample", Direction.RECEIVED, "[door.jpg, A page]"),
        ("bob.sample", Direction.RECEIVED, "[Wave]"),
        ("bob.sample", Direction.RECEIVED, "Started a call that lasted 1 minutes."),
        ("bob.sample", Direction.RECEIVED, "Pinned a message."),
        ("bob.sample", Direction.RECEIVED, "[forwarded] old words"),
    ]
    assert [one.kind for one in records[4:6]] == [Kind.CALL, Kind.SYSTEM]
    assert [one.flags for one in records[:4]] == [
        (Flag.EDITED,),
        (Flag.REACTED_TO,),
        (Flag.ATTACHMENT,),
        (Flag.STICKER,),
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, 500_000, tzinfo=UTC)
    assert (records[0].precision, records[0].recipients) == (Precision.MILLISECOND, ("Bob",))
    assert outcome.facts["names"].startswith("Bob is bob.sample; 910 is bob.sample; Ann is ann.example")
    assert (outcome.format, outcome.warnings) == ("DiscordChatExporter (JSON)", [])
    # counted without the reader, and by the exporter itself
    assert len(records) == len(json.loads(data)["messages"]) == outcome.declared["messages"]


def test_an_export_without_milliseconds_claims_none(read: Read) -> None:
    records, _ = read(discord_exporter().replace(b".5+01:00", b"+01:00"))

    assert {one.precision for one in records} == {Precision.SECOND}


def test_a_count_that_does_not_agree_is_told(read: Read) -> None:
    _, outcome = read(discord_exporter().replace(b'"messageCount": 7', b'"messageCount": 9'))

    assert "messages says that it holds 9 messages; 7 were read." in outcome.warnings


@pytest.mark.parametrize("channel", [b'"channel": {{}}', b'"channel": {,}'])
def test_a_channel_without_a_name_and_odd_entries(channel: bytes, read: Read) -> None:
    messages = b'[{"timestamp": "x", "author": {"id": "9"}}, {"author": 1, "timestamp": 2}, {"content": "x"}]'

    records, outcome = read(b"{" + channel + b', "dateRange": {}, "messages": ' + messages + b"}")

    assert [(one.kind, one.sender, one.recipients) for one in records] == [
        (Kind.MESSAGE, "9", ()),
        (Kind.MESSAGE, "", ()),
        (Kind.UNREAD, "", ()),
    ]
    assert outcome.without_sender == 1
    assert outcome.partial
    assert "names" not in outcome.facts
