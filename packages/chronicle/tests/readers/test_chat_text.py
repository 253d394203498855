"""What makes a chat hard: undecidable dates, encodings, marks, names with colons, texts beyond all measure."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.export_samples import chat_text
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle import limits
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Reading
from desist_chronicle.records import Flag, Kind

DMY = Options(date_order=DateOrder.DMY)


def test_a_chat_whose_dates_can_be_read_both_ways_is_asked_about(read_chat: ReadOne) -> None:
    records, outcome = read_chat("03/04/2024, 21:05 - Bob: a\n04/04/2024, 21:05 - Bob: b\n", Options())

    assert records == []
    assert outcome.question
    assert "03/04/2024 is 3 April 2024 or 4 March 2024" in outcome.warnings[0]


def test_a_chat_in_which_only_one_order_runs_forwards_is_not_asked_about(read_chat: ReadOne) -> None:
    dates = ["01/03", "05/03", "02/04", "07/04", "01/05", "06/05", "03/06", "09/06"]

    records, outcome = read_chat("".join(f"{date}/2024, 21:05 - Bob: a\n" for date in dates), Options())

    assert records[-1].sent_local == datetime(2024, 6, 9, 21, 5)  # noqa: DTZ001  a wall clock has no zone
    assert "sequence of the dates" in outcome.facts["date_order_known"]


def test_a_chat_whose_dates_mean_the_same_either_way_is_not_asked_about(read_chat: ReadOne) -> None:
    records, _ = read_chat("05/05/2024, 21:05 - Bob: a\n", Options())

    assert records[0].sent_local == datetime(2024, 5, 5, 21, 5)  # noqa: DTZ001  a wall clock has no zone


def test_short_years_with_dashes_may_come_first(read_chat: ReadOne) -> None:
    lines = [
        f"24-{month:02}-{day:02} 21:05 - Bob: a"
        for month in range(1, 7)
        for day in (1, 9, 30 - 2 * (month == 2))
    ]

    records, outcome = read_chat("\n".join(lines), Options())

    assert outcome.facts["date_order"] == "ymd"
    assert records[0].sent_local == datetime(2024, 1, 1, 21, 5)  # noqa: DTZ001  a wall clock has no zone


def test_chinese_dates_with_characters_are_read(read_chat: ReadOne) -> None:
    records, _ = read_chat("2024年3月12日 下午9:05 - 王: 你好\n", Options())

    assert records[0].sent_local == datetime(2024, 3, 12, 21, 5)  # noqa: DTZ001  a wall clock has no zone


def test_impossible_dates_and_clocks_keep_their_messages_without_a_time(read_chat: ReadOne) -> None:
    records, _ = read_chat(
        "12/03/2024, 21:05 - Bob: a\n31/02/2024, 21:05 - Bob: b\n13/03/2024, 27:05 - Bob: c\n"
    )

    assert [record.text for record in records] == ["a", "b", "c"]
    assert [record.flags for record in records] == [(), (Flag.TIME_UNREADABLE,), (Flag.TIME_UNREADABLE,)]
    assert records[1].sent_utc is None


def test_the_hour_that_comes_twice_and_the_hour_that_never_comes_are_flagged(read_chat: ReadOne) -> None:
    records, _ = read_chat(
        "29/10/2023, 01:50 - Bob: first\n29/10/2023, 01:10 - Bob: second\n29/10/2023, 03:00 - Bob: after\n"
        "31/03/2024, 01:30 - Bob: never\n"
    )

    assert [record.sent_utc for record in records[:3]] == [
        datetime(2023, 10, 29, 0, 50, tzinfo=UTC),
        datetime(2023, 10, 29, 1, 10, tzinfo=UTC),
        datetime(2023, 10, 29, 3, 0, tzinfo=UTC),
    ]
    assert [record.flags for record in records] == [
        (Flag.CLOCK_FOLD,),
        (Flag.CLOCK_FOLD,),
        (),
        (Flag.CLOCK_GAP,),
    ]


@pytest.mark.parametrize(
    ("said", "kind", "flags"),
    [
        ("<Media omitted>", Kind.MESSAGE, (Flag.MEDIA_OMITTED,)),
        ("\u200esticker omitted", Kind.MESSAGE, (Flag.MEDIA_OMITTED, Flag.STICKER)),
        ("This message was deleted", Kind.MESSAGE, (Flag.DELETED,)),
        ("You deleted this message.", Kind.MESSAGE, (Flag.DELETED,)),
        ("hello \u200e<This message was edited>", Kind.MESSAGE, (Flag.EDITED,)),
        ("IMG-1.jpg (file attached)", Kind.MESSAGE, (Flag.ATTACHMENT,)),
        ("\u200e<attached: 00000001-PHOTO.jpg>", Kind.MESSAGE, (Flag.ATTACHMENT,)),
        ("Missed voice call", Kind.MISSED_CALL, ()),
        ("null", Kind.MISSED_CALL, (Flag.NULL_AS_CALL,)),
        ("\u200eMissed video call, \u200eTap to call back", Kind.MISSED_CALL, ()),
        ("\u200eVoice call, \u200e2 min", Kind.CALL, ()),
        ("\u200eVideo call, \u200eNo answer", Kind.MISSED_CALL, ()),
        ("\u200eMessages and calls are end-to-end encrypted.", Kind.SYSTEM, ()),
        ("\u200ehello", Kind.MESSAGE, ()),
        ("hello (you)", Kind.MESSAGE, ()),
    ],
)
def test_what_a_phone_writes_in_place_of_a_message_is_told(
    said: str, kind: Kind, flags: tuple[Flag, ...], read_chat: ReadOne
) -> None:
    (record,), _ = read_chat(f"12/03/2024, 21:05 - Bob: {said}\n")

    assert (record.kind, record.flags, record.text) == (kind, flags, said)


def test_system_lines_with_a_colon_have_no_sender(read_chat: ReadOne) -> None:
    line = 'Ann changed the subject from "us" to "plan: b"'

    records, _ = read_chat(f"12/03/2024, 21:05 - {line}\n12/03/2024, 21:06 - Missed voice call from Bob\n")

    assert [(record.kind, record.sender, record.text) for record in records] == [
        (Kind.SYSTEM, "", line),
        (Kind.MISSED_CALL, "", "Missed voice call from Bob"),
    ]


def test_a_name_with_a_colon_is_asked_about_and_then_kept_whole(read_chat: ReadOne) -> None:
    chat = "".join(f"12/03/2024, 21:0{minute} - Dr: Smith: hello\n" for minute in range(5))

    guessed, outcome = read_chat(chat)
    known, _ = read_chat(chat, Options(date_order=DateOrder.DMY, names=("Dr: Smith",)))

    assert {(record.sender, record.flags) for record in guessed} == {("Dr", (Flag.SENDER_AMBIGUOUS,))}
    assert '--name "Dr: Smith"' in outcome.warnings[0]
    assert {(record.sender, record.text) for record in known} == {("Dr: Smith", "hello")}


def test_empty_and_view_once_messages_have_their_sender(read_chat: ReadOne) -> None:
    records, _ = read_chat("12/03/2024, 21:05 - Bob:.\n12/03/2024, 21:06 - Bob:\n12/03/2024, 21:07 - Bob: \n")

    assert [(record.sender, record.text) for record in records] == [("Bob", "."), ("Bob", ""), ("Bob", "")]


def test_later_lines_with_a_date_are_listed_by_their_line(read_chat: ReadOne) -> None:
    _, outcome = read_chat("12/03/2024, 21:05 - Bob: when?\n13.3.24 at 9:30\nor\n14.3.24 at 10:30\n")

    assert outcome.date_like_lines == [2, 4]
    assert "Look at line 2, 4" in outcome.warnings[0]


def test_lines_before_the_first_header_are_kept_as_unread(read_chat: ReadOne) -> None:
    records, outcome = read_chat("Chat with Bob\n\n12/03/2024, 21:05 - Bob: a\n")

    assert [(record.kind, record.line) for record in records] == [(Kind.UNREAD, 1), (Kind.MESSAGE, 3)]
    assert "could not be read; they are kept" in outcome.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_chat_in_another_encoding_says_the_same_and_every_byte_is_accounted_for(
    encoding: str, read_chat: ReadOne
) -> None:
    plain = chat_text(style=14, messages=40)

    expected, _ = read_chat(plain)
    records, outcome = read_chat(plain.decode().encode(encoding))

    assert [record[6:14] for record in records] == [record[6:14] for record in expected]
    assert outcome.accounted


def test_a_chat_in_windows_1252_is_read_with_its_letters(read_chat: ReadOne) -> None:
    records, outcome = read_chat(
        "12/03/2024, 21:05 - Zoé: é\x81à ü\n12/03/2024, 21:06 - Zoé: ç\n".encode("latin-1")
    )

    assert [(record.sender, record.text) for record in records] == [("Zoé", "é\x81à ü"), ("Zoé", "ç")]
    assert outcome.facts["encoding"] == "cp1252"


def test_one_damaged_message_does_not_change_the_encoding_of_the_others(read_chat: ReadOne) -> None:
    records, outcome = read_chat(
        "12/03/2024, 21:05 - Zoë: é ü\n12/03/2024, 21:06 - Zo".encode()
        + b"\xeb: \xe9\n12/03/2024, 21:07 - says \xe9\n"
    )

    assert [(record.sender, record.text) for record in records] == [
        ("Zoë", "é ü"),
        ("Zoë", "é"),
        ("", "says é"),
    ]
    assert Flag.MALFORMED in records[1].flags
    assert "not valid UTF-8" in outcome.warnings[0]


def test_an_odd_byte_at_the_end_of_a_wide_text_has_a_record(read_chat: ReadOne) -> None:
    records, _ = read_chat("12/03/2024, 21:05 - Bob: a\n".encode("utf-16") + b"x")

    assert [record.kind for record in records] == [Kind.MESSAGE, Kind.UNREAD]


def test_a_wide_text_of_zeros_is_no_chat(read_chat: ReadOne) -> None:
    _, outcome = read_chat(bytes(2000))

    assert outcome.refused


@pytest.mark.parametrize(
    "text",
    ["x" * 5000 + "\n", "é" * 3000, "€" * 3000, "y€" * 2000, "line\n" * 1000, "12/03/2024, 21:06 - " * 300],
)
def test_a_message_beyond_all_measure_is_read_in_pieces(
    text: str, read_chat: ReadOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist_chronicle.readers.chat_blocks.MAXIMUM_RECORD_BYTES", 2000)
    monkeypatch.setattr("desist_chronicle.readers.chat_blocks.BLOCK_BYTES", 700)

    records, outcome = read_chat(f"12/03/2024, 21:05 - Bob: {text}\n12/03/2024, 21:06 - Bob: b")

    assert {record.kind for record in records} == {Kind.MESSAGE, Kind.CONTINUATION}
    assert records[-1].text.endswith("b")
    assert outcome.accounted


def test_a_message_longer_than_a_block_is_read_whole(read_chat: ReadOne) -> None:
    long = "x" * 300_000

    records, _ = read_chat(
        f"12/03/2024, 21:05 - Bob: a\n12/03/2024, 21:05 - Bob: {long}\n12/03/2024, 21:06 - Bob: b\n"
    )

    assert [record.text for record in records] == ["a", long, "b"]


def test_more_messages_than_the_limit_stop_the_reading_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat_text())

    reading = Reading(paths=[path], options=DMY, most=10)

    assert list(reading.blocks()) == []
    assert f"more than {limits.MAXIMUM_RECORDS:,} messages" in reading.outcomes[0].warnings[-1]


def test_reading_again_gives_the_same_digest_and_another_zone_another(read_chat: ReadOne) -> None:
    first, again, elsewhere = (
        read_chat(chat_text(), Options(names=("Dr: Smith",), zone=zone))[1].digest
        for zone in ("Europe/London", "Europe/London", "Europe/Madrid")
    )

    assert first == again
    assert first != elsewhere
