"""Every format is told by its content and read with what its messages say."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up import export_samples
from packages.chronicle.tests.made_up.export_samples import ANN, BOB

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, options: Options | None = None) -> tuple[list[Record], Outcome]:
        path = tmp_path / "export.bin"
        path.write_bytes(data)
        made = Reading(paths=[path], options=options or Options(owners=("Ann Example",)))
        records = [record for block in made.blocks() for record in block]
        return records, made.outcomes[-1]

    return reading


def test_an_sms_backup_keeps_emoji_drafts_failures_and_pictures(read: Read) -> None:
    records, outcome = read(export_samples.sms_backup(), Options(owners=(ANN,)))

    assert [record.text for record in records] == [
        "I see you 😎 & wait",
        "Stop.",
        "never sent",
        "half \ufffd left",
        "look",
    ]
    assert [record.flags for record in records] == [
        (Flag.SURROGATE_REPAIRED,),
        (),
        (Flag.DRAFT,),
        (Flag.FAILED, Flag.MALFORMED),
        (Flag.ATTACHMENT,),
    ]
    assert [record.direction for record in records[:2]] == [Direction.RECEIVED, Direction.SENT]
    assert (records[0].sender, records[1].recipients, records[4].recipients) == (BOB, (BOB,), (ANN,))
    assert records[0].sent_utc == datetime(2024, 3, 12, 21, 5, tzinfo=UTC)
    assert outcome.declared == {"messages": 5}
    assert not outcome.warnings


def test_each_record_of_an_sms_backup_has_its_own_bytes(read: Read) -> None:
    data = export_samples.sms_backup()

    records, _ = read(data)

    assert all(data[record.byte_start :].startswith((b"<sms ", b"<mms ")) for record in records)
    assert data[records[-1].byte_end :].startswith(b"</smses>")


def test_a_picture_message_that_was_sent_goes_to_all_its_addresses(read: Read) -> None:
    sent = b'<smses count="1"><mms date="1710277600000" msg_box="2" address="x"><addrs><addr address="y" type="151"/></addrs></mms></smses>'

    (record,), _ = read(sent)

    assert record.direction == Direction.SENT
    assert record.recipients == ("y",)


def test_hexadecimal_halves_of_a_character_are_joined(read: Read) -> None:
    (record,), _ = read(
        b'<smses count="1"><sms address="x" date="1710277600000" type="1" body="&#xD83D;&#xde0e;"/></smses>'
    )

    assert record.text == "😎"


@pytest.mark.parametrize("padding", range(262_100, 262_150))
def test_halves_are_joined_wherever_the_pieces_of_a_large_file_meet(padding: int, read: Read) -> None:
    filler = b"<!--" + b"x" * (padding - 60) + b"-->"
    data = (
        b'<smses count="1">'
        + filler
        + b'<sms address="x" date="1710277600000" type="1" body="&#55357;&#56846;&#55357;&#56846;"/></smses>'
    )

    (record,), _ = read(data)

    assert record.text == "😎😎"


def test_a_count_that_does_not_agree_is_told(read: Read) -> None:
    _, outcome = read(export_samples.sms_backup().replace(b'count="5"', b'count="9"'))

    assert "says that it holds 9 messages; 5 were read" in outcome.warnings[0]


def test_a_backup_cut_short_keeps_what_came_before(read: Read) -> None:
    data = export_samples.sms_backup()

    records, outcome = read(data[: data.index(b"<mms") + 9])

    assert len(records) == 4
    assert outcome.partial
    assert "Reading stopped at byte" in outcome.warnings[0]


def test_a_backup_that_defines_entities_is_refused(read: Read) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><smses count="1"><sms body="&a;"/></smses>'

    records, outcome = read(bomb)

    assert (records, outcome.refused) == ([], True)


def test_a_call_log_tells_missed_calls_from_others(read: Read) -> None:
    records, _ = read(export_samples.call_log())

    assert [record.kind for record in records] == [
        *(Kind.CALL, Kind.CALL, Kind.MISSED_CALL, Kind.VOICEMAIL, Kind.MISSED_CALL, Kind.MISSED_CALL)
    ]
    assert records[4].flags == (Flag.REJECTED,)
    assert records[0].text == "63 seconds"


def test_meta_texts_are_repaired_and_stickers_calls_and_photographs_kept(read: Read) -> None:
    records, outcome = read(export_samples.meta_json())

    assert [record.text for record in records] == [
        *("schön", "[stickers/1.png]", "[photos/1.jpg]", "[call, 0 seconds]", "called", "[x]", "left")
    ]
    assert [record.kind for record in records] == [
        *(Kind.MESSAGE, Kind.MESSAGE, Kind.MESSAGE, Kind.MISSED_CALL, Kind.CALL, Kind.MESSAGE, Kind.SYSTEM)
    ]
    assert records[0].sender == "Zoë 😀"
    assert records[0].recipients == ("Ann Example",)
    assert records[0].flags == (Flag.MOJIBAKE_REPAIRED,)
    assert records[0].precision == Precision.MILLISECOND
    assert (records[0].direction, records[1].direction) == (Direction.RECEIVED, Direction.SENT)
    assert records[5].flags == (Flag.DELETED,)
    assert outcome.format == "Meta messages (JSON)"


def test_meta_texts_that_are_right_already_are_left_alone(read: Read) -> None:
    records, _ = read(export_samples.meta_encrypted())

    assert [(record.sender, record.text, record.flags) for record in records] == [
        ("Zoë", "grüße €\n[reactions: x]", (Flag.ATTACHMENT, Flag.REACTED_TO))
    ]


@pytest.mark.parametrize("text", ["Zoë", "€5", "naïve"])
def test_a_text_that_is_no_bytes_of_utf8_is_not_repaired(text: str, read: Read) -> None:
    data = f'{{"participants": 3, "messages": [{{"sender_name": "Ann", "timestamp_ms": 1710277500000, "content": "{text}"}}]}}'

    (record,), _ = read(data.encode())

    assert (record.text, record.flags) == (text, ())


def test_meta_people_that_are_damaged_are_left_out(read: Read) -> None:
    (record,), _ = read(
        b'{"participants": [ {,} ], "messages": [ 5, {"sender_name": "Ann", "timestamp_ms": "soon"} ]}'
    )

    assert record.recipients == ()
    assert record.flags == (Flag.TIME_UNREADABLE,)


def test_json_cut_short_keeps_the_messages_before_and_says_where(read: Read) -> None:
    data = export_samples.meta_json()

    records, outcome = read(data[: data.index(b"photos") + 3])

    assert [record.kind for record in records] == [Kind.MESSAGE, Kind.MESSAGE, Kind.UNREAD]
    assert records[-1].byte_end == data.index(b"photos") + 3
    assert outcome.partial


def test_a_telegram_account_keeps_formatted_texts_whole_and_counts_missed_calls(read: Read) -> None:
    records, _ = read(export_samples.telegram())

    assert [record.text for record in records] == [
        *("see you soon", "[call, 0 seconds]", "[call, 63 seconds]"),
        *("[photos/1.jpg]", "[pin_message]", "[x]"),
    ]
    assert [record.kind for record in records[:3]] == [Kind.MESSAGE, Kind.MISSED_CALL, Kind.CALL]
    assert records[0].flags == (Flag.EDITED,)
    assert records[3].flags == (Flag.ATTACHMENT,)
    assert (records[3].sender, records[3].recipients) == ("user2", ("A group",))
    assert records[4].flags == (Flag.TIME_UNREADABLE,)
    assert records[1].sent_utc == datetime(2024, 3, 12, 21, 7, tzinfo=UTC)


def test_a_line_far_down_a_table_in_an_older_encoding_is_read_by_it(read: Read) -> None:
    line = b"2024-03-12 21:05,Bob,Off I go\n"
    columns = (("time", "When"), ("sender", "Who"), ("text", "What"))

    records, _ = read(
        b"When,Who,What\n" + line * 3_000 + line.replace(b"Off I go", b"Gr\xfc\xdfe"),
        Options(columns=columns),
    )

    assert len(records) == 3_002  # with the headings
    assert records[-1].text.endswith("What: Gr\u00fc\u00dfe")


def test_a_mailbox_is_split_and_every_byte_belongs_to_a_message(read: Read) -> None:
    records, outcome = read(export_samples.mailbox())

    assert [record.text for record in records] == [
        "I see you é\n\nGrüße\n>From the street\n",
        "two parts\n\nHello Ann\n\n[door.jpg]",
    ]
    assert records[0].sent_utc == datetime(2024, 3, 12, 20, 5, tzinfo=UTC)
    assert records[1].sent_utc == datetime(2024, 3, 12, 22, 5, tzinfo=UTC)
    assert records[0].recipients == ("ann@example.com",)
    assert outcome.accounted


def test_one_mail_is_read_by_itself(read: Read) -> None:
    records, outcome = read(export_samples.mail())

    assert [(record.kind, record.sender) for record in records] == [(Kind.EMAIL, "bob@example.org")]
    assert outcome.accounted


@pytest.mark.parametrize(
    ("mail", "text"),
    [
        (b"From: a@b.c\nTo: d@e.f\nContent-Type: text/plain; charset=none\n\n\xe9", "é"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: =?utf-9?q?x?=\n\n", "=?utf-9?q?x?="),
        (b"From: a@b.c\nTo: d@e.f\nContent-Type: text/html\n\n ", ""),
        (b"From: a@b.c\nTo: d@e.f\nContent-Type: image/png\n\nxx", "[image/png]"),
        (
            b"From: a@b.c\nTo: d@e.f\nContent-Disposition: attachment; filename==?none?q?x?=\n\nxx",
            "[=?none?q?x?=]",
        ),
        (
            b"From: a@b.c\nTo: d@e.f\nContent-Type: message/rfc822\n\nSubject: x\n\ny",
            "[attached mail]\nSubject: x\n\ny\n[end of attached mail]\n\n[message/rfc822]",
        ),
    ],
)
def test_malformed_mail_is_kept_as_far_as_it_can_be_read(mail: bytes, text: str, read: Read) -> None:
    (record,), _ = read(mail)

    assert record.text == text
    assert Flag.TIME_UNREADABLE in record.flags


def test_an_imazing_table_is_mapped_by_its_headings(read: Read) -> None:
    records, outcome = read(export_samples.table())

    assert [record.kind for record in records] == [Kind.HEADING, Kind.MESSAGE, Kind.MESSAGE, Kind.SYSTEM]
    assert records[1].text == "I see you\nagain"
    assert (records[1].sender, records[1].direction) == ("Bob Sample", Direction.RECEIVED)
    assert (records[2].sender, records[2].flags) == ("Ann Example", (Flag.ATTACHMENT,))
    assert records[2].line == 4
    assert records[3].flags == (Flag.TIME_UNREADABLE,)
    assert outcome.accounted


def test_a_phone_bill_says_by_a_late_day_that_the_day_comes_first(read: Read) -> None:
    records, outcome = read(export_samples.phone_bill())

    assert [record.kind for record in records] == [Kind.HEADING, Kind.CALL, Kind.MESSAGE, Kind.MISSED_CALL]
    assert records[1].text == "[call, duration 00:01:03]"
    assert records[1].recipients == (BOB,)
    assert records[3].flags == (Flag.CLOCK_GAP,)
    assert outcome.facts["date_order"] == "dmy"


def test_a_table_with_unknown_headings_is_read_when_a_person_says_what_they_are(read: Read) -> None:
    data = b'When,Who,What,Which\n2024-03-12,Bob,I see you,Voicemail\n,,,\n"x\ry\n'
    columns = (("time", "When"), ("sender", "Who"), ("text", "What"), ("kind", "which"))

    records, outcome = read(data, Options(columns=columns))

    assert (records[1].sender, records[1].precision, records[1].kind) == (
        "Bob",
        Precision.DAY,
        Kind.VOICEMAIL,
    )
    assert outcome.accounted


@pytest.mark.parametrize("columns", [(("time", "Nowhere"),), (("mood", "When"),), (("time", "When"),)])
def test_columns_that_do_not_exist_or_do_not_suffice_are_refused_with_the_choice(
    columns: tuple[tuple[str, str], ...], read: Read
) -> None:
    _, outcome = read(b"When,Colour\n2024-03-12,red\n", Options(columns=columns))

    assert outcome.refused
    assert "--column" in outcome.warnings[0]


def test_a_workbook_is_read_sheet_by_sheet(read: Read) -> None:
    records, outcome = read(export_samples.workbook())

    assert [record.text for record in records] == ["I see you again", "Stop\n[door.jpg]", "Bob left"]
    assert "The sheet 'Notes' holds no messages" in outcome.warnings[-1]


def test_meta_pages_are_read_and_json_is_asked_for(read: Read) -> None:
    records, outcome = read(export_samples.meta_page())

    assert [(record.sender, record.text) for record in records] == [
        ("Bob", "I see you"),
        ("Ann", "Stop"),
        ("Bob", "später"),
    ]
    assert [record.precision for record in records] == [Precision.MINUTE, Precision.SECOND, Precision.UNKNOWN]
    assert records[1].flags == (Flag.ATTACHMENT,)
    assert "Ask for the JSON form" in outcome.warnings[0]


def test_an_imessage_database_is_read_in_both_units_of_time(read: Read) -> None:
    records, _ = read(export_samples.imessage_database())

    assert [record.text for record in records] == ["I see you", "Stop" * 40, "Loved", ""]
    assert (records[1].sent_utc - records[0].sent_utc).total_seconds() == 60  # type: ignore[operator]  # both are known
    assert records[1].flags == (Flag.ATTACHMENT, Flag.EDITED, Flag.FAILED)
    assert records[2].flags == (Flag.DELETED, Flag.REACTION)
    assert (records[3].kind, records[3].flags) == (Kind.SYSTEM, (Flag.TIME_UNREADABLE,))


def test_a_whatsapp_database_names_numbers_and_group_members(read: Read) -> None:
    records, _ = read(export_samples.whatsapp_database())

    assert [record.sender for record in records] == [
        *("+447700900002", "Ann Example", "+447700900003", "+447700900003", "+447700900002", "")
    ]
    assert [record.kind for record in records] == [
        *(Kind.MESSAGE, Kind.MESSAGE, Kind.SYSTEM, Kind.MESSAGE, Kind.CALL, Kind.MESSAGE)
    ]
    assert records[3].flags == (Flag.DELETED,)
    assert records[0].sent_utc == datetime(2024, 3, 12, 21, 5, 0, 500_000, tzinfo=UTC)


def test_a_damaged_database_is_refused_or_marked_partial(read: Read) -> None:
    data = export_samples.imessage_database()

    _, outcome = read(data[:4096] + b"\xff" * 200 + data[4296:8192])

    assert outcome.refused or outcome.partial
    assert "could not be read" in outcome.warnings[0] or "damaged" in outcome.warnings[0]
