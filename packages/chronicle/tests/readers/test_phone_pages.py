"""Pages of imessage-exporter and of Google Voice: each message once, with its sender, time and words."""

import re
from datetime import UTC, datetime

import pytest
from packages.chronicle.tests.made_up.phone_samples import (
    BOB,
    imessage_page,
    voice_call,
    voice_conversation,
    voice_group,
)
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.records import Direction, Flag, Kind


def test_each_message_of_an_iphone_is_read_once(read_one: ReadOne) -> None:
    records, outcome = read_one(imessage_page(), "Ann")

    assert [(one.kind, one.sender, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, BOB, Direction.RECEIVED, "I see you <there>\nagain é\n[Tapbacks: Loved by Me]"),
        (Kind.MESSAGE, "Ann", Direction.SENT, "Stop\n[This message responded to an earlier message.]"),
        (Kind.MESSAGE, BOB, Direction.RECEIVED, "look\n[attachments/door.heic]"),
        (Kind.SYSTEM, "", Direction.UNKNOWN, "You named it Us"),
        (Kind.MESSAGE, BOB, Direction.RECEIVED, "first"),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2024, 3, 12, 21, 5, 7, tzinfo=UTC),
        datetime(2024, 3, 12, 21, 6, tzinfo=UTC),
        datetime(2024, 7, 30, 23, 5, tzinfo=UTC),
        datetime(2024, 7, 30, 23, 6, tzinfo=UTC),
        None,
    ]
    assert [one.flags for one in records] == [
        (Flag.REACTED_TO,),
        (),
        (Flag.ATTACHMENT,),
        (),
        (Flag.EDITED, Flag.TIME_UNREADABLE),
    ]
    assert records[4].sent_found == "soon"
    assert (outcome.format, outcome.partial) == ("iMessages as a page (imessage-exporter)", False)
    assert "Times are by the clock of the computer" in outcome.warnings[0]
    # counted without the reader: the one answer stands twice
    times = re.findall(r'class="timestamp">([^<(]+?) ?[<(]', imessage_page().decode())
    assert len(records) == len(times) - 1
    assert [" ".join(one.split()) for one in dict.fromkeys(times)] == [one.sent_found for one in records]


@pytest.mark.parametrize("damaged", [b'class="gone"', b'class="message gone"'])
def test_a_page_of_an_iphone_without_a_message_is_refused(damaged: bytes, read_one: ReadOne) -> None:
    data = b'<html><!--<div class="message"><div class="sent">--></html>' + b" " * 3000
    data += imessage_page().replace(b'class="message"', damaged).replace(b'class="announcement"', damaged)

    records, outcome = read_one(data)

    assert (records, outcome.refused) == ([], True)
    assert "Give the database that it was made from" in outcome.warnings[-1]


def test_a_message_without_its_balloon_or_with_a_link_is_kept(read_one: ReadOne) -> None:
    data = imessage_page().replace(
        b"</html>",
        b'<div class="message"></div><div class="message"><div class="received"><p></p><div class="message_part">'
        b'<a href="https://example.org/x">page</a><a href="attachments/a.vcf">card</a></div><span></span></div></div></html>',
    )

    records, _ = read_one(data)

    assert [one.text for one in records[-2:]] == ["", "pagecard\n[attachments/a.vcf]"]


def test_a_conversation_of_google_voice_keeps_both_sides(read_one: ReadOne) -> None:
    records, outcome = read_one(voice_conversation(), "Ann")

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records] == [
        ("Bob Sample", (), Direction.RECEIVED, "I see you 'there'\nagain é"),
        ("Ann", ("Bob Sample",), Direction.SENT, "Stop"),
        ("Bob Sample", (), Direction.RECEIVED, "[Bob Sample - Text - 1]"),
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, 123_000, tzinfo=UTC)
    assert records[2].flags == (Flag.ATTACHMENT,)
    assert outcome.facts["names"] == f"{BOB} is Bob Sample"
    # counted without the reader
    assert [one.sent_found for one in records] == re.findall(
        r'dt" title="([^"]+)', voice_conversation().decode()
    )


def test_a_group_of_google_voice_names_its_people(read_one: ReadOne) -> None:
    (record,), _ = read_one(voice_group())

    assert (record.sender, record.recipients, record.text) == ("Bob Sample", ("+447700900003",), "all")


@pytest.mark.parametrize(
    ("label", "kind", "direction"),
    [
        ("voicemail", Kind.VOICEMAIL, Direction.RECEIVED),
        ("missed", Kind.MISSED_CALL, Direction.RECEIVED),
        ("received", Kind.CALL, Direction.RECEIVED),
        ("placed", Kind.CALL, Direction.SENT),
        ("recorded", Kind.CALL, Direction.UNKNOWN),
    ],
)
def test_a_call_of_google_voice_is_of_its_kind(
    label: str, kind: Kind, direction: Direction, read_one: ReadOne
) -> None:
    (record,), _ = read_one(voice_call(label), "Ann")

    assert (record.kind, record.direction) == (kind, direction)
    assert (record.sender, record.recipients) == (
        ("Ann", ("Bob Sample",)) if label == "placed" else ("Bob Sample", ())
    )
    assert record.text == f"[{label}]\n(00:00:18)\nCall me back\n[a.mp3]"
    assert record.sent_utc == datetime(2024, 7, 31, 21, 5, 7, tzinfo=UTC)


def test_a_page_of_google_voice_without_names_or_messages_says_so(read_one: ReadOne) -> None:
    (record,), outcome = read_one(
        b'<html><body><div class="hChatLog"><div class="message"><q>a</q></div></div></body></html>'
    )
    assert (record.sender, record.direction, record.sent_utc) == ("", Direction.UNKNOWN, None)
    assert outcome.without_sender == 1

    records, outcome = read_one(b'<html><body><p class="hChatLog-x"></p></body></html>')

    assert (records, outcome.refused) == ([], True)
    assert "Ask Google's Takeout for “Voice” once more" in outcome.warnings[-1]


def test_a_page_cut_short_is_told(read_one: ReadOne) -> None:
    records, outcome = read_one(voice_conversation()[:-40])

    assert len(records) == 3
    assert outcome.partial
    assert "the page has no end" in outcome.warnings[0]
