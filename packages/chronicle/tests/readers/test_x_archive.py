"""Direct messages of X: people by their numbers, instants to the millisecond, events of groups."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.platform_samples import x_archive

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, *owners: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "direct-messages.js"
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def test_every_message_is_read_with_numbers_instants_and_words(read: Read) -> None:
    data = x_archive()

    records, outcome = read(data, "111")

    assert [(one.sender, one.recipients, one.direction, one.text) for one in records[:4]] == [
        (
            *("222", ("111",), Direction.RECEIVED),
            'I see you "messages": [\nagain é\n[https://example.org/door]\n[reactions: like 111]',
        ),
        ("111", ("222",), Direction.SENT, "Stop"),
        ("222", ("111",), Direction.RECEIVED, "[https://media.example/door.jpg]"),
        ("222", ("900",), Direction.RECEIVED, "all"),
    ]
    assert [one.flags for one in records[:3]] == [(Flag.REACTED_TO,), (), (Flag.ATTACHMENT, Flag.EDITED)]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 9, 123_000, tzinfo=UTC)
    assert records[0].precision == Precision.MILLISECOND
    assert (records[4].kind, records[4].sender, records[4].recipients) == (Kind.SYSTEM, "222", ("900",))
    assert records[4].text.startswith('[joinConversation: {"initiatingUserId": "222", ')
    assert (outcome.format, outcome.partial) == ("X (Twitter) direct messages", False)
    (said,) = outcome.warnings
    assert said.startswith("X names people by numbers. The account's own number is “accountId” in account.js")
    # counted without the reader
    assert len(records) == len(
        re.findall(rb'^ {10}"(?:messageCreate|joinConversation)": \{$', data, re.MULTILINE)
    )


@pytest.mark.parametrize("part", [b"direct_messages_group.part0", b"direct_message.part12"])
def test_groups_and_later_parts_are_read(part: bytes, read: Read) -> None:
    records, _ = read(x_archive().replace(b"direct_messages.part0", part) + b";\n")

    assert len(records) == 5


def test_what_x_does_not_say_is_counted_and_another_layout_is_told(read: Read) -> None:
    data = (
        b'window.YTD.direct_messages.part0 = [{"dmConversation": {"messages": ['
        b'{"messageCreate": {"createdAt": 5, "mediaUrls": 5}}, {"joinConversation": {"createdAt": "soon"}},'
        b'{"messageCreate": {"text": "x"}}, {"joinConversation": 5}]}}]'
    )

    records, outcome = read(data)

    assert [(one.kind, one.sender, one.recipients) for one in records] == [
        (Kind.MESSAGE, "", ()),
        (Kind.SYSTEM, "", ()),
        (Kind.UNREAD, "", ()),
        (Kind.UNREAD, "", ()),
    ]
    assert outcome.without_sender == 1
    assert outcome.flags["time_unreadable"] == 2
    assert outcome.partial
    assert "2 entries of direct-messages.js are in no layout that is known" in " ".join(outcome.warnings)


def test_an_archive_without_messages_is_whole_and_another_layout_is_refused(read: Read) -> None:
    _, empty = read(b"window.YTD.direct_messages.part0 = [ ]")
    _, other = read(b'window.YTD.direct_messages.part0 = [{"dmConversation": {"said": []}}]')

    assert (empty.refused, empty.partial) == (False, False)
    assert "direct-messages.js holds no messages." in empty.warnings
    assert other.refused
    assert "has no list of messages in a layout that is known. Nothing was read. Ask X" in other.warnings[-1]


@pytest.mark.parametrize("end", [b"Stop", b'"900"'])
def test_an_archive_cut_short_is_told(end: bytes, read: Read) -> None:
    data = x_archive()

    records, outcome = read(data[: data.index(end)])

    assert records
    assert outcome.partial


def test_the_account_says_whose_archive_it_is(read: Read) -> None:
    account = (
        b'{"email": "ann@example.com", "username": "ann_x", "accountId": "111", "accountDisplayName": "Ann"}'
    )

    records, outcome = read(b'window.YTD.account.part0 = [{"account": ' + account + b"}]")

    assert (records, outcome.refused, outcome.partial) == ([], False, False)
    assert outcome.facts["names"] == "111 is @ann_x, Ann"
    assert "This archive of X is that of 111: give --owner with that number." in outcome.warnings


@pytest.mark.parametrize(
    "entry", [b'[{"account": {"accountId": "111"}}]', b"[1, {}]", b'[{"account": 1', b"[" * 9000]
)
def test_an_account_without_names_or_number(entry: bytes, read: Read) -> None:
    _, outcome = read(b"window.YTD.account.part0 =" + entry)

    assert outcome.refused == (b"accountId" not in entry)
    assert outcome.warnings
    assert "names" not in outcome.facts
