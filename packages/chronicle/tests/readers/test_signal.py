"""Signal Desktop's messages, as sigexport and sigtop write them: every entry kept, people as they are named."""

import json
from datetime import UTC, datetime

import pytest
from packages.chronicle.tests.made_up.phone_samples import BOB, signal_lines, signal_messages
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.readers import signal_lines as reader
from desist_chronicle.records import Direction, Flag, Kind


def test_each_line_of_sigexport_is_a_message(read_one: ReadOne) -> None:
    records, outcome = read_one(signal_lines(), "Ann")

    assert [(one.kind, one.sender, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, "Bob Sample", Direction.RECEIVED, 'I see you "date": [\nagain é\n[reactions: Me ❤]'),
        (Kind.MESSAGE, "Ann", Direction.SENT, "[in reply to: I see you\nagain]\nStop"),
        (Kind.MESSAGE, "Bob Sample", Direction.RECEIVED, "[door.jpg]"),
        (Kind.MESSAGE, "Bob Sample", Direction.RECEIVED, "[sticker 👀]"),
        (Kind.MISSED_CALL, "Bob Sample", Direction.RECEIVED, "Missed voice call"),
        (Kind.MESSAGE, "", Direction.UNKNOWN, ""),
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, 500_000, tzinfo=UTC)
    assert [one.flags for one in records] == [
        *((Flag.REACTED_TO,), (), (Flag.ATTACHMENT,), (Flag.STICKER,), (), (Flag.DELETED,)),
    ]
    assert (outcome.accounted, outcome.bytes_accounted) == (True, len(signal_lines()))
    # counted without the reader
    whole = [json.loads(line) for line in signal_lines().splitlines()]
    assert [one.sent_found for one in records] == [one["date"] for one in whole]
    assert all(one["body"].strip() in record.text for one, record in zip(whole, records, strict=True))


def test_a_line_that_is_no_message_is_kept_as_unread_and_told(read_one: ReadOne) -> None:
    data = b"\xef\xbb\xbf" + signal_lines() + b'\n[1]\n{"date": \xff\n'

    records, outcome = read_one(data)

    assert [one.kind for one in records[6:]] == [Kind.SYSTEM, Kind.UNREAD, Kind.UNREAD]
    assert (outcome.accounted, outcome.partial) == (True, True)
    assert "2 lines of export are in no layout that is known; they are kept." in "\n".join(outcome.warnings)


def changed(**fields: object) -> bytes:
    first, _, rest = signal_lines().partition(b"\n")
    return json.dumps(json.loads(first) | fields).encode() + b"\n" + rest


@pytest.mark.parametrize("when", ["soon", "2024-07-31", "2024-07-31T22:05:01+01:00", "1970-01-01T00:00:00"])
def test_a_time_that_is_none_is_unreadable(when: str, read_one: ReadOne) -> None:
    records, _ = read_one(changed(date=when))

    assert (records[0].sent_utc, records[0].sent_found) == (None, when)


def test_odd_fields_are_shown_as_far_as_they_go(read_one: ReadOne) -> None:
    odd = {
        "reactions": [{"a": 1}, ["Bob", "!"]],
        "sticker": {"emoji": "", "id": "7"},
        "attachments": [{}],
        "call": True,
    }

    records, _ = read_one(changed(**odd))

    assert records[0].kind is Kind.CALL
    assert records[0].text.endswith("[sticker 7]\n[file]\n[reactions: Bob !]")
    assert read_one(changed(reactions=5))[0][0].text.endswith("again é")


def test_a_last_line_without_its_end_and_one_too_long_are_accounted_for(
    read_one: ReadOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAXIMUM_RECORD_BYTES", 300)
    monkeypatch.setattr("desist_chronicle.sources.Stream.read.__defaults__", (64,))

    records, outcome = read_one(signal_lines() + b"x" * 900)

    assert outcome.accounted
    assert [one.kind for one in records[6:]] == [Kind.UNREAD] * 3


def test_signal_desktops_own_json_keeps_every_entry(read_one: ReadOne) -> None:
    records, outcome = read_one(signal_messages(), "Ann")

    assert [(one.kind, one.sender, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, BOB, Direction.RECEIVED, 'I see you "type": [\nagain é\n[reactions: ❤ c-2]'),
        (Kind.MESSAGE, "Ann", Direction.SENT, "Stop\n[in reply to: I see you]"),
        (Kind.MESSAGE, BOB, Direction.RECEIVED, "[door.jpg]"),
        (Kind.MESSAGE, BOB, Direction.RECEIVED, "now\n[sticker]\n[before: then]"),
        (Kind.MISSED_CALL, "", Direction.UNKNOWN, "[call-history Incoming Missed]"),
        (Kind.SYSTEM, "", Direction.UNKNOWN, "[group-v2-change]"),
        (Kind.MESSAGE, BOB, Direction.RECEIVED, ""),
    ]
    assert [one.flags for one in records] == [
        *((Flag.REACTED_TO,), (), (Flag.ATTACHMENT,), (Flag.EDITED, Flag.STICKER), (), (), (Flag.DELETED,)),
    ]
    assert "Signal Desktop names people by number" in outcome.warnings[0]
    # counted without the reader
    assert [one.sent_found for one in records] == [
        str(one["sent_at"]) for one in json.loads(signal_messages())
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, 500_000, tzinfo=UTC)


def test_an_entry_that_is_none_of_signals_is_kept_as_unread(read_one: ReadOne) -> None:
    whole = json.loads(signal_messages())
    del whole[0]["conversationId"]
    whole[1] |= {"sent_at": None}
    whole[4]["callHistory"]["status"] = "Accepted"

    records, outcome = read_one(json.dumps(whole).encode())

    assert [records[at].kind for at in (0, 4)] == [Kind.UNREAD, Kind.CALL]
    assert (records[1].sent_utc, records[1].sent_found) == (None, "")
    assert outcome.partial


@pytest.mark.parametrize(
    ("data", "words", "advice"),
    [
        (b"<html><div class='msg me'>", "Signal messages as a page (sigexport)", "Give data.json"),
        (
            b"Conversation: Bob\n\nFrom: Bob\nSent: Mon, 1 Jul 2024",
            "Signal messages as text (sigtop)",
            "-f json",
        ),
    ],
)
def test_forms_of_signal_that_lose_words_are_refused_by_name(
    data: bytes, words: str, advice: str, read_one: ReadOne
) -> None:
    records, outcome = read_one(data)

    assert (records, outcome.refused) == ([], True)
    assert words in outcome.warnings[0]
    assert advice in outcome.warnings[0]
