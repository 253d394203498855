"""Hangouts of a Takeout in both layouts: people by name, directions as stated, nothing left out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import hangouts

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, *owners: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "Hangouts.json"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def counted(data: bytes) -> list[tuple[str, str]]:
    """Every event's time and words, counted without the reader."""
    whole = json.loads(data)
    conversations = whole.get("conversations") or whole["conversation_state"]
    found = []
    for one in conversations:
        for event in one.get("events") or one["conversation_state"]["event"]:
            pieces = event.get("chat_message", {}).get("message_content", {}).get("segment", [])
            found.append((event["timestamp"], "".join(piece.get("text", "\n") for piece in pieces)))
    return found


@pytest.mark.parametrize("older", [False, True])
def test_every_event_is_read_with_its_people(older: bool, read: Read) -> None:
    records, outcome = read(hangouts(older=older))

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records] == [
        ("Bob Sample", ("Ann Example",), Direction.RECEIVED, 'I see you "events": [\nagain é'),
        ("Ann Example", ("Bob Sample",), Direction.SENT, "Stop"),
        ("Bob Sample", ("Ann Example",), Direction.RECEIVED, "[https://photos.example/door.jpg]"),
        ("Bob Sample", ("Ann Example",), Direction.RECEIVED, "[START_HANGOUT]"),
        ("Bob Sample", ("Ann Example",), Direction.RECEIVED, "[END_HANGOUT]"),
        ("333", ("Ann Example", "Bob Sample"), Direction.RECEIVED, "all"),
        ("333", ("Ann Example", "Bob Sample"), Direction.RECEIVED, "[ADD_USER]"),
    ]
    assert [one.kind for one in records[2:5]] == [Kind.MESSAGE, Kind.CALL, Kind.SYSTEM]
    assert records[2].flags == (Flag.ATTACHMENT,)
    assert records[0].sent_utc == datetime(2024, 7, 31, 20, 5, 1, 123_000, tzinfo=UTC)
    assert (outcome.format, outcome.partial) == ("Google Hangouts (JSON)", False)
    assert outcome.facts["names"] == "111 is Ann Example; 222 is Bob Sample"
    assert [(one.sent_found, one.text) for one in records if one.text and "[" not in one.text[:1]] == [
        one for one in counted(hangouts(older=older)) if one[1]
    ]
    assert len(records) == len(counted(hangouts(older=older)))


def changed(**fields: object) -> bytes:
    whole = json.loads(hangouts())
    whole["conversations"][0]["events"][0] |= fields
    return json.dumps(whole).encode()


def test_an_event_that_is_none_of_hangouts_is_kept_as_unread(read: Read) -> None:
    records, outcome = read(changed(timestamp=None))

    assert records[0].kind is Kind.UNREAD
    assert outcome.partial


def test_an_event_that_does_not_say_whose_account_it_is_in_has_its_direction_from_the_owner(
    read: Read,
) -> None:
    records, _ = read(changed(self_event_state=None), "Ann Example")

    assert records[0].direction is Direction.RECEIVED


@pytest.mark.parametrize("content", [None, [], {"message_content": 1}])
def test_a_message_without_words_is_still_a_message(content: object, read: Read) -> None:
    records, _ = read(changed(chat_message=content))

    assert (records[0].kind, records[0].text) == (Kind.MESSAGE, "")


def test_a_time_that_is_none_is_unreadable_and_a_file_of_another_kind_is_a_file(read: Read) -> None:
    records, _ = read(
        changed(timestamp="soon", chat_message={"message_content": {"attachment": [{"embed_item": 1}]}})
    )

    assert records[0].sent_utc is None
    assert records[0].text == "[file]"


@pytest.mark.parametrize("damaged", [b'"participant_data": [{]', b'"other_data": ['])
def test_people_who_are_not_listed_stay_numbers(damaged: bytes, read: Read) -> None:
    whole = hangouts().replace(b'"participant_data": [', damaged, 1)

    records, _ = read(whole)

    assert records[0].sender == "222"
