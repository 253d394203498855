"""Telegram's pages: every message with its sender, its instant and its words, and none lost without a word."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import telegram_page

from desist_chronicle.options import Options
from desist_chronicle.readers import html_pages, telegram_html
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

Read = Callable[[bytes], tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes) -> tuple[list[Record], Outcome]:
        path = tmp_path / "messages.html"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=("Ann Example",)))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def test_every_message_is_read_with_its_sender_and_its_words(read: Read) -> None:
    records, outcome = read(telegram_page())

    assert [(one.sender, one.text) for one in records] == [
        ("", "Bob Sample joined & waits"),
        ("Bob Sample", "I see  you <there>\nagain 'Zoë'"),
        ("Bob Sample", "Answer me\n"),
        (
            "Ann Example",
            "[in reply to the message of 12.03.2024 21:05:00 UTC+00:00]\nStop\n[reactions: ❤ Ann Example]",
        ),
        ("Ann Example", "[In reply to this message, messages2.html#go_to_message99]\nStop it"),
        ("Bob Sample", "[via @gif]\n[forwarded from Cat Example 11.03.2024 10:00:00]\nold words"),
        ("Bob Sample", "[call: Bob Sample Missed]"),
        ("Bob Sample", "[call: Bob Sample Incoming (63 seconds)]"),
        ("Bob Sample", "[photos/1.jpg]\nlook"),
        ("Bob Sample", "[Not included, x, s.webp]"),
        ("Bob Sample", "[The desk]"),
    ]
    assert outcome.format == "Telegram (HTML)"
    assert (outcome.warnings, outcome.partial) == ([], False)
    # counted without the reader: messages of the page, less the two lines that begin a day
    assert len(records) == len(re.findall(rb'id="message\d+"', telegram_page()))


def test_times_are_instants_where_the_page_states_its_offset(read: Read) -> None:
    records, _ = read(telegram_page())

    assert records[1].sent_utc == datetime(2024, 3, 12, 21, 5, tzinfo=UTC)
    assert records[3].sent_utc == datetime(2024, 7, 31, 20, 1, tzinfo=UTC)
    assert records[3].sent_found == "31.07.2024 21:01:00 UTC+01:00"
    # an older page states no offset: the assumed zone's clock, which is an hour ahead in summer
    assert records[8].sent_utc == datetime(2024, 7, 31, 20, 6, tzinfo=UTC)
    assert (records[0].precision, records[0].sent_found) == (Precision.DAY, "12 March 2024")
    assert records[-1].flags == (Flag.TIME_UNREADABLE,)


def test_kinds_directions_people_and_flags(read: Read) -> None:
    records, _ = read(telegram_page())

    assert [one.kind for one in records] == [
        *(Kind.SYSTEM, *[Kind.MESSAGE] * 5, Kind.MISSED_CALL, Kind.CALL, *[Kind.MESSAGE] * 3)
    ]
    assert (records[1].direction, records[3].direction) == (Direction.RECEIVED, Direction.SENT)
    assert (records[1].recipients, records[3].recipients) == ((), ("Bob Sample",))
    assert records[3].flags == (Flag.REACTED_TO,)
    assert records[8].flags == (Flag.ATTACHMENT,)
    assert records[9].flags == (Flag.ATTACHMENT, Flag.MEDIA_OMITTED, Flag.STICKER)


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ("01.01.2024 00:30:00 UTC-05:30", datetime(2024, 1, 1, 6, 0, tzinfo=UTC)),
        ("31.02.2024 00:30:00", None),
        ("01.01.1969 00:30:00 UTC+00:00", None),
        ("01.01.2024 00:30:00 UTC+25:00", None),
        ("2024-01-01 00:30:00", None),
    ],
)
def test_a_time_is_read_or_kept_as_found(moment: str, utc: datetime | None, read: Read) -> None:
    records, _ = read(telegram_page().replace(b"12.03.2024 21:05:00 UTC+00:00", moment.encode(), 1))

    assert (records[1].sent_utc, records[1].sent_found) == (utc, moment)


def test_a_message_without_a_sender_is_said(read: Read) -> None:
    page = telegram_page().replace(b'class="message default clearfix" id="message2"', b'class="x"')

    records, outcome = read(page)

    assert (records[1].sender, records[1].text) == ("", "Answer me\n")
    assert outcome.without_sender == 1
    assert outcome.partial
    assert "1 messages of messages.html have no sender that could be read" in " ".join(outcome.warnings)


def test_a_page_cut_short_keeps_what_came_before_and_is_told(read: Read) -> None:
    page = telegram_page()

    records, outcome = read(page[: page.index(b'id="message6"')])

    assert len(records) == 5
    assert outcome.partial
    assert "messages.html is cut short: the page has no end." in outcome.warnings[0]


def test_damaged_bytes_are_shown_and_told(read: Read) -> None:
    records, outcome = read(telegram_page().replace(b"Answer", b"Ans\x00wer").replace(b"old", b"\xffld"))

    assert len(records) == 11
    assert (records[2].text, records[5].text[-9:]) == ("Ans\ufffdwer me\n", "\ufffdld words")
    assert outcome.partial
    assert outcome.warnings[0].startswith("The page is damaged at byte ")


def test_a_page_without_a_heading_a_day_or_links_is_read(read: Read) -> None:
    page = telegram_page().replace(b"page_header", b"x").replace(b"12 March 2024", b"a day")
    page = re.sub(rb'In reply to <a href="#[^>]*>this message</a>', b"In reply", page)

    records, _ = read(page)

    assert [one.text for one in records[:2]] == ["a day", "Bob Sample joined & waits"]
    assert records[1].flags == (Flag.TIME_UNREADABLE,)
    assert records[4].recipients == ()
    assert records[4].text.startswith("[In reply]\nStop")


def test_messages_that_the_parser_does_not_reach_are_told(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_html, "MESSAGES", "//div[@id='message2']")

    records, outcome = read(telegram_page())

    assert len(records) == 1
    assert "messages.html holds 13 messages; 1 could be found in the page." in outcome.warnings[-1]


def test_forwarded_words_are_never_the_senders_own(read: Read) -> None:
    page = telegram_page()
    start = page.index(b'<div class="from_name">\nCat Example')

    records, _ = read(page[:start] + page[page.index(b"</div>", start) + 6 :])

    assert records[5].text == "[via @gif]\n[forwarded]\nold words"


def test_a_page_that_only_begins_a_day_is_refused(read: Read) -> None:
    page = b'<html><div class="message service" id="message-1"><div class="body">12 March 2024</div></div></html>'

    records, outcome = read(page)

    assert (records, outcome.refused) == ([], True)
    assert "Export the chat again as “Machine-readable JSON”" in outcome.warnings[-1]


def test_a_page_longer_than_can_be_held_is_cut_and_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_pages, "MOST_BYTES", 1 << 20)

    records, outcome = read(telegram_page() + b"<p>x</p>" * 400_000)

    assert len(records) == 11
    assert "the page is longer than can be held at once" in outcome.warnings[0]
