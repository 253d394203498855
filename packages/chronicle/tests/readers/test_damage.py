"""The rarer ways in which exports are damaged, too large, or odd."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from packages.chronicle.tests.made_up import export_samples
from packages.chronicle.tests.made_up.export_samples import attributed, chat_text, imessage_database

from desist_chronicle import sandbox
from desist_chronicle.jsonl import from_line, to_line
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.readers import html_pages, json_messages, mailbox, spreadsheet
from desist_chronicle.readers.imessage_database import attributed_text
from desist_chronicle.readers.sqlite_source import apple_milliseconds
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record

Read = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, options: Options | None = None) -> tuple[list[Record], Outcome]:
        path = tmp_path / "export.bin"
        path.write_bytes(data)
        made = Reading(paths=[path], options=options or Options(date_order=DateOrder.DMY))
        return [record for block in made.blocks() for record in block], made.outcomes[-1]

    return reading


def test_a_table_whose_headings_hold_a_bare_return_is_no_table(read: Read) -> None:
    _, outcome = read(b"Da\rte,Text\n2024-03-12,x\n")

    assert outcome.refused


def test_a_row_with_a_bare_return_is_kept_as_unread(read: Read) -> None:
    records, outcome = read(b"Message Date,Text\n2024-03-12,a\rb\n2024-03-13,c\n")

    assert [record.kind for record in records] == [Kind.HEADING, Kind.UNREAD, Kind.MESSAGE]
    assert outcome.accounted
    assert "is damaged" in outcome.warnings[0]


def test_a_table_in_wide_characters_with_an_odd_byte_is_accounted_for(read: Read) -> None:
    records, outcome = read("Message Date,Text\n2024-03-12,a\n".encode("utf-16") + b"x")

    assert [record.kind for record in records] == [Kind.HEADING, Kind.MESSAGE, Kind.UNREAD]
    assert outcome.accounted


def test_a_backup_of_many_messages_comes_in_lists(read: Read) -> None:
    one = '<sms address="x" date="1710277600000" type="1" body="y"/>'

    records, outcome = read(f'<smses count="9000">{one * 9000}</smses>'.encode())

    assert len(records) == 9000
    assert not outcome.warnings


def test_a_backup_in_an_unknown_encoding_stops_with_a_sentence(read: Read) -> None:
    records, outcome = read(b"<?xml version='1.0' encoding='none'?><smses count='1'><sms/></smses>")

    assert (records, outcome.partial) == ([], True)


def test_a_mail_beyond_the_standard_library_is_kept_as_unread(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = b"From: a@b.c\nTo: d@e.f\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(1200)
    )

    (record,), outcome = read(deep)

    assert record.kind == Kind.UNREAD
    assert outcome.accounted


def test_a_mailbox_without_an_end_to_its_mail_is_cut_and_accounted_for(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MAXIMUM_RECORD_BYTES", 500)

    records, outcome = read(export_samples.mailbox() + b"x" * 9000)

    assert len(records) > 3
    assert outcome.accounted


def test_a_page_longer_than_can_be_held_is_cut_and_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_pages, "MOST_BYTES", 1 << 20)

    records, outcome = read(export_samples.meta_page() + b"<p>x</p>" * 400_000)

    assert len(records) == 3
    assert outcome.partial


def test_a_workbook_knows_its_dates_by_themselves(read: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Calls", 0)
    for row in (
        ["Date", "Number", "Duration"],
        [datetime(2024, 3, 12, 21, 5, 7), "+44", "63"],  # noqa: DTZ001  cells have no zone
        [None, None, None],
    ):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)

    (record,), _ = read(written.getvalue())

    assert (record.precision, record.sent_local) == (Precision.SECOND, datetime(2024, 3, 12, 21, 5, 7))  # noqa: DTZ001  as above


def test_a_workbook_with_dates_that_can_be_read_both_ways_is_asked_about(read: Read) -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "Text"], ["03/04/2024", "a"]):
        book.create_sheet("Texts", 0) if row[0] == "Date" else None
        book.worksheets[0].append(row)
    written = io.BytesIO()
    book.save(written)

    _, outcome = read(written.getvalue(), Options())

    assert outcome.question


def test_a_workbook_of_something_else_is_refused_with_what_to_do(read: Read) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["nothing"])
    written = io.BytesIO()
    book.save(written)

    _, outcome = read(written.getvalue())

    assert "--column" in outcome.warnings[-1]


@pytest.mark.parametrize("at", [0, 1])
def test_a_workbook_whose_parts_are_damaged_is_refused_or_partial(at: int, read: Read) -> None:
    data = bytearray(export_samples.workbook())
    part = (b"xl/workbook.xml", b"xl/worksheets/sheet1.xml")[at]
    place = data.index(part) + len(part) + 20
    data[place : place + 30] = bytes(30)

    _, outcome = read(bytes(data))

    assert outcome.refused or outcome.partial or outcome.warnings


def test_a_sheet_that_breaks_off_keeps_its_rows_and_is_told(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = spreadsheet._rows

    def breaking(sheet: Worksheet, first: int) -> object:
        for number, row in real(sheet, first):
            if number > 2:
                raise ValueError("broken")
            yield number, row

    monkeypatch.setattr(spreadsheet, "_rows", breaking)

    records, outcome = read(export_samples.workbook())

    assert len(records) == 1
    assert outcome.partial


def test_a_workbook_that_is_a_bomb_is_refused(read: Read) -> None:
    parts = {"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(30_000_000)}

    _, outcome = read(export_samples.archive(parts))

    assert "as a zip bomb does" in outcome.warnings[0]


def test_a_database_that_breaks_off_keeps_its_rows(read: Read) -> None:
    row = f"(NULL, '{'x' * 900}', 731970300)"
    many = f"INSERT INTO message (ROWID, text, date) VALUES {','.join([row] * 400)}"
    script = (
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER, date INTEGER);"
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);"
        "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);"
        "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);" + many
    )
    data = bytearray(export_samples.database(script))
    data[len(data) - 60_000 : len(data) - 40_000] = b"\xff" * 20_000

    records, outcome = read(bytes(data))

    assert records
    assert "the database is damaged there" in outcome.warnings[-1]


@pytest.mark.parametrize("moment", [float("inf"), float("nan"), 0, None, "soon"])
def test_a_moment_that_is_none_is_none(moment: object) -> None:
    assert apple_milliseconds(moment) is None


@pytest.mark.parametrize("text", ["Stop", "Stop" * 99])
def test_words_in_an_attributed_string_are_found_whatever_their_length(text: str) -> None:
    assert attributed_text(attributed(text)) == text
    assert attributed_text(attributed(text)[:25]) == ""


def test_a_cell_of_bytes_is_read_as_text(read: Read) -> None:
    data = imessage_database().replace(b"Loved", b"L\xffved")

    records, _ = read(data)

    assert records[2].text == "L\ufffdved"


def test_more_date_like_lines_than_are_listed_are_counted(read: Read) -> None:
    _, outcome = read(b"12/03/2024, 21:05 - Bob: when?\n" + b"13.3.24 at 9:30\n" * 30)

    assert (outcome.date_like_count, len(outcome.date_like_lines)) == (30, 20)


def test_several_lists_of_messages_far_apart_are_all_found(read: Read) -> None:
    message = {"type": "message", "date_unixtime": "1710277500", "from": "Bob", "text": "a", "from_id": "u"}
    chats = [{"name": f"chat {number}", "about": "x" * 300_000, "messages": [message]} for number in range(3)]

    records, outcome = read(json.dumps({"type": "personal_chat", "list": chats}).encode())

    assert len(records) == 3
    assert not outcome.warnings


def test_a_message_longer_than_a_piece_is_read_whole(read: Read) -> None:
    data = json.dumps(
        {
            "participants": [],
            "messages": [{"sender_name": "Bob", "timestamp_ms": 1, "content": "x" * 900_000}],
        }
    )

    (record,), _ = read(data.encode())

    assert len(record.text) == 900_000


def test_damage_early_in_a_large_file_leaves_the_rest_as_one_unread_stretch(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_messages, "MAXIMUM_RECORD_BYTES", 1000)
    data = b'{"participants": [], "messages": [{"sender_name": "Bob"}, {]' + b"x" * 2_000_000

    records, outcome = read(data)

    assert [record.kind for record in records] == [Kind.MESSAGE, Kind.UNREAD]
    assert records[-1].byte_end == len(data)
    assert outcome.partial


def test_half_a_character_survives_in_a_line(read: Read) -> None:
    (record,), _ = read(
        b'{"participants": [], "messages": [{"sender_name": "Bob", "timestamp_ms": "x", "content": "a\\ud83d"}]}'
    )

    assert from_line(to_line(record)) == record
    assert record.flags == (Flag.TIME_UNREADABLE,)


def test_the_child_writes_records_and_what_became_of_each_source(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat_text())
    asked = {
        "zone": "Europe/London",
        "date_order": "dmy",
        "owners": [],
        "names": [],
        "columns": [["sender", "x"]],
    }
    out = io.BytesIO()

    sandbox.serve(request={"paths": [str(path)], "options": asked}, out=out)

    lines = out.getvalue().splitlines()
    said = [json.loads(line[1:]) for line in lines if line.startswith(b"#")]
    assert len(lines) - len(said) == said[-3]["records"] == 150
    assert said[-2]["outcome"]["accounted"]
    assert said[-1] == {"finished": True}


def test_a_person_without_a_direction_has_none(read: Read) -> None:
    (record,), _ = read(b'<smses count="1"><sms address="x" date="soon" type="9" body="y"/></smses>')

    assert (record.direction, record.sent_utc) == (Direction.UNKNOWN, None)
