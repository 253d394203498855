"""Google Chat's messages: instants in words, and each person with their address."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import google_chat

from desist_chronicle.options import Options
from desist_chronicle.readers import other_names
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Record

Read = Callable[[bytes], tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes) -> tuple[list[Record], Outcome]:
        path = tmp_path / "messages.json"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=("Ann Example",)))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def one(**fields: object) -> bytes:
    return json.dumps({"messages": [fields]}).encode()


def test_every_message_is_read_with_its_sender_instant_and_words(read: Read) -> None:
    data = google_chat()

    records, outcome = read(data)

    assert [(one.sender, one.direction, one.text) for one in records] == [
        ("Bob Sample", Direction.RECEIVED, "I see you é\nagain"),
        ("Ann Example", Direction.SENT, "Stop\n[reactions: ❤ bob@example.org]"),
        ("Bob Sample", Direction.RECEIVED, "[door.jpg]"),
        ("bob@example.org", Direction.RECEIVED, ""),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2026, 3, 3, 14, 15, 7, tzinfo=UTC),
        datetime(2026, 3, 3, 0, 15, 8, tzinfo=UTC),
        datetime(2026, 7, 31, 21, 15, 9, tzinfo=UTC),
        datetime(2026, 7, 31, 21, 15, 10, tzinfo=UTC),
    ]
    assert [one.flags for one in records] == [
        (),
        (Flag.REACTED_TO,),
        (Flag.ATTACHMENT, Flag.EDITED),
        (Flag.DELETED,),
    ]
    assert (outcome.format, outcome.partial, outcome.warnings) == ("Google Chat (JSON)", False, [])
    # counted without the reader
    assert len(records) == len(re.findall(rb'^      "created_date": ', data, re.MULTILINE))


def test_the_addresses_of_names_are_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    data = google_chat()

    whole = read(data)[1].facts["names"]
    monkeypatch.setattr(other_names, "MOST_LISTED", 1)

    assert whole == "bob@example.org is Bob Sample; ann@example.com is Ann Example"
    assert read(data)[1].facts["names"] == "bob@example.org is Bob Sample; and 1 more"
    monkeypatch.setattr(other_names, "MOST_HELD", 1)
    assert read(data)[1].facts["names"] == "bob@example.org is Bob Sample"


@pytest.mark.parametrize(
    "written",
    [
        "Tuesday, March 3, 2026 at 2:15:07 PM",
        "Tuesday, Smarch 3, 2026 at 2:15:07 PM UTC",
        "Tuesday, March 3, 2026 at 13:15:07 PM UTC",
        "Tuesday, March 3, 2026 at 0:15:07 AM UTC",
        "Tuesday, March 32, 2026 at 2:15:07 PM UTC",
        "Tuesday, March 3, 1900 at 2:15:07 PM UTC",
        "mardi 3 mars 2026 à 14:15:07 UTC",
        7,
    ],
)
def test_a_time_in_another_form_is_kept_as_found(written: object, read: Read) -> None:
    (record,), _ = read(one(creator={"name": "Bob"}, created_date=written))

    assert record.flags == (Flag.TIME_UNREADABLE,)
    assert record.sent_found == (written if isinstance(written, str) else "")


def test_a_message_without_a_sender_is_counted(read: Read) -> None:
    _, outcome = read(one(creator="Bob", created_date="x", reactions=[{"reactor_emails": "x"}]))

    assert outcome.without_sender == 1
    assert outcome.flags == {"reacted_to": 1, "time_unreadable": 1}


def test_an_entry_in_another_layout_is_kept_as_unread_and_told(read: Read) -> None:
    data = json.dumps({"messages": [{"creator": {}, "created_date": "x"}, {"text": "x"}]}).encode()

    records, outcome = read(data)

    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.UNREAD]
    assert outcome.partial
    assert "Ask Google's Takeout for “Google Chat” once more" in " ".join(outcome.warnings)


def test_a_conversation_cut_short_keeps_what_came_before(read: Read) -> None:
    data = google_chat()

    records, outcome = read(data[: data.index(b"Stop")])

    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.UNREAD]
    assert outcome.partial
