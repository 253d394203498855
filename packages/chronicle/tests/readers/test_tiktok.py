"""TikTok's direct messages, wherever in the account's data they stand."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import tiktok

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Record

Read = Callable[[bytes], tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes) -> tuple[list[Record], Outcome]:
        path = tmp_path / "user_data.json"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=("ann.example",)))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def chats(data: bytes) -> dict[str, list[dict[str, str]]]:
    """The conversations, found without the reader."""
    found: dict[str, list[dict[str, str]]] = json.loads(data)["Direct Messages"]["Chat History"][
        "ChatHistory"
    ]
    return found


def test_every_message_is_read_with_its_conversation(read: Read) -> None:
    data = tiktok()

    records, outcome = read(data)

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records] == [
        (
            *("bob.sample", (), Direction.RECEIVED),
            'I see you "Chat History with x:": [{"From": "y"}]\nagain é',
        ),
        ("ann.example", ("bob.sample",), Direction.SENT, "Stop"),
        ("bob.sample", (), Direction.RECEIVED, "[Link: https://example.org/door]"),
        ("cat.example", ("A group é",), Direction.RECEIVED, "all"),
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, tzinfo=UTC)
    assert (outcome.format, outcome.partial) == ("TikTok direct messages (JSON)", False)
    (said,) = outcome.warnings
    assert "they are read as UTC" in said
    # counted without the reader
    assert len(records) == sum(map(len, chats(data).values()))


@pytest.mark.parametrize("filler", range(262_000, 262_200, 7))
def test_a_list_is_found_wherever_the_pieces_of_a_large_file_meet(filler: int, read: Read) -> None:
    whole = {"FavoriteVideoList": [{"Link": "x" * filler}]} | chats(tiktok())

    records, outcome = read(json.dumps(whole).encode())

    assert len(records) == 4
    assert not outcome.partial


def test_what_tiktok_does_not_say_is_counted_and_another_layout_is_told(read: Read) -> None:
    listed = [{"From": "", "Date": "soon"}, {"From": "bob", "When": "x"}]

    records, outcome = read(json.dumps({"ChatHistory": {"odd\\x": listed}}).replace("\\\\x", "\\x").encode())

    assert [(one.kind, one.recipients) for one in records] == [
        (Kind.MESSAGE, ("odd\\x",)),
        (Kind.UNREAD, ()),
    ]
    assert records[0].flags == (Flag.TIME_UNREADABLE,)
    assert outcome.without_sender == 1
    assert outcome.partial
    assert "Ask TikTok for the data as JSON once more" in " ".join(outcome.warnings)


def test_a_conversation_whose_first_entry_is_odd_is_not_passed_over(read: Read) -> None:
    listed = [
        {"Content": {"a": {}}},
        {"Content": "hello", "Date": "2024-07-31 21:05:01", "From": "bob.sample"},
    ]

    records, outcome = read(json.dumps({"ChatHistory": {"Chat History with bob.sample:": listed}}).encode())

    assert [(one.kind, one.text) for one in records] == [(Kind.UNREAD, ""), (Kind.MESSAGE, "hello")]
    assert outcome.partial


def test_data_without_messages_is_refused_with_what_to_ask_for(read: Read) -> None:
    records, outcome = read(b'{"Activity": {"FavoriteVideoList": [{"Date": "x"}]}}')

    assert (records, outcome.refused) == ([], True)
    assert (
        "no list of messages in a layout that is known. Nothing was read. Ask TikTok" in outcome.warnings[-1]
    )


@pytest.mark.parametrize("end", [b"Stop", b'"A group'])
def test_data_cut_short_is_told(end: bytes, read: Read) -> None:
    data = tiktok()

    records, outcome = read(data[: data.index(end)])

    assert records
    assert outcome.partial
