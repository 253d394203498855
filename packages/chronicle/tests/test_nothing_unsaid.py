"""Whatever may hold messages and was not read is named, and a database's newest messages are found in its log."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from packages.chronicle.tests.casework import CASE, charted, noon, record
from packages.chronicle.tests.made_up.export_samples import (
    archive,
    chat_text,
    imessage_database,
    mail,
    whatsapp_database,
)

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.errors import RefusedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.looks import look_of
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.outputs.cover import Case
from desist_chronicle.outputs.package import Order, pack
from desist_chronicle.outputs.searching import readable
from desist_chronicle.readers import imessage_database as reader
from desist_chronicle.readers.write_ahead_log import WriteAheadLog, joined
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record
from desist_chronicle.sources import of_file

OPTIONS = Options(date_order=DateOrder.DMY)
HANGOUTS = json.dumps({"conversations": [{"conversation_state": 1, "conversation_id": 2}]}).encode()


def read(*paths: Path, options: Options = OPTIONS) -> tuple[list[Record], list[Outcome]]:
    reading = Reading(paths=list(paths), options=options)
    return [one for block in reading.blocks() for one in block], reading.outcomes


def said(outcomes: list[Outcome]) -> str:
    return "\n".join(warning for outcome in outcomes for warning in outcome.warnings)


def zipped(tmp_path: Path, members: dict[str, bytes]) -> Path:
    path = tmp_path / "export.zip"
    path.write_bytes(archive(members))
    return path


def test_every_file_of_an_archive_is_named_with_what_it_looks_like(tmp_path: Path) -> None:
    path = zipped(
        tmp_path,
        {
            "_chat.txt": chat_text(),
            "json/chat_history.json": HANGOUTS,
            "diary.csv": b"12/03/2024,21:05,Sam,Stood outside the house\n",
            "photo.jpg": b"\xff\xd8\xff",
            "style.css": b"p { color: red }",
            "notes.md": b"dear diary",
        },
    )

    _, outcomes = read(path)

    whole = outcomes[-1]
    assert sorted(whole.members) == [
        ["export.zip/_chat.txt", "chat exported as text", "read"],
        ["export.zip/diary.csv", "a table", "not read"],
        ["export.zip/json/chat_history.json", "Hangouts messages (JSON)", "not read"],
        ["export.zip/notes.md", "text", "not read"],
        ["export.zip/photo.jpg", "a photograph (JPEG)", "not read"],
        ["export.zip/style.css", "the layout or program of a web page", "not read"],
    ]
    assert whole.partial
    assert sorted(whole.not_read) == [
        "export.zip/diary.csv (a table)",
        "export.zip/json/chat_history.json (Hangouts messages (JSON))",
        "export.zip/notes.md (text)",
    ]
    assert (
        "chat_history.json looks like Hangouts messages (JSON). It may hold messages and was NOT read."
        in said(outcomes)
    )
    assert "photo.jpg" not in said(outcomes)


def test_an_archive_with_only_a_chat_and_its_photographs_is_whole(tmp_path: Path) -> None:
    _, outcomes = read(zipped(tmp_path, {"_chat.txt": chat_text(), "photo.jpg": b"\xff\xd8\xff"}))

    assert not any(outcome.partial or outcome.not_read for outcome in outcomes)


def test_a_table_in_an_archive_is_read_when_its_columns_are_said(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"a.csv": b"Wann,Was\n12/03/2024 21:05,hello\n", "b.jpg": b"\xff\xd8"})
    options = Options(date_order=DateOrder.DMY, columns=(("time", "Wann"), ("text", "Was")))

    records, outcomes = read(path, options=options)

    assert [one.text for one in records][1:] == ["hello"]
    assert not outcomes[-1].not_read


@pytest.mark.parametrize(
    "begin",
    [
        b"Return-Path: <bob@example.org>\nX-Odd header without a colon\n",
        b"\n\nReceived: by mx\n",
        b"X-One: 1\n\tfolded\nX-Two broken\n",
        "Subject: Gr\u00fc\u00dfe\n".encode(),
    ],
)
def test_mails_with_odd_headers_are_mails(begin: bytes, tmp_path: Path) -> None:
    records, outcomes = read(zipped(tmp_path, {"a.eml": begin + mail(), "_chat.txt": chat_text()}))

    (found,) = (one for one in records if one.source.endswith("a.eml"))
    assert (found.kind, found.sender) == ("email", "bob@example.org")
    assert not outcomes[-1].not_read


@pytest.mark.parametrize("name", ["/chat.txt", "C:\\chat.txt", "../chat.txt"])
def test_a_member_is_read_whatever_its_name_points_to(name: str, tmp_path: Path) -> None:
    records, outcomes = read(zipped(tmp_path, {name: chat_text()}))

    assert records
    assert not outcomes[-1].partial


def test_what_cannot_be_opened_in_an_archive_is_named(tmp_path: Path) -> None:
    path = zipped(
        tmp_path, {"inner.zip": archive({"chat.txt": chat_text()}), "a.db": b"SQLite format 3\x00junk"}
    )

    _, outcomes = read(path)

    assert outcomes[-1].partial
    assert [name for name, *_ in outcomes[-1].members] == ["export.zip/a.db", "export.zip/inner.zip"]
    assert "a database that could not be read" in said(outcomes)
    assert "Unpack it and read what comes out by itself" in said(outcomes)


def test_a_database_is_known_by_its_own_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "sms.db"
    path.write_bytes(imessage_database())
    with closing(sqlite3.connect(path)) as database:
        # a catalogue that has grown lies where it has room: behind what was written before it
        database.executescript(
            "PRAGMA page_size = 512; VACUUM; CREATE TABLE filler (x);"
            + "".join(f"CREATE TABLE filler_{n} (a_column_with_a_long_name_{n});" for n in range(2000))
        )
        database.executescript(
            "ALTER TABLE chat_message_join RENAME TO old; CREATE TABLE chat_message_join AS SELECT * FROM old; DROP TABLE old;"
            "VACUUM"
        )
    assert b"CREATE TABLE chat_message_join" not in path.read_bytes()[: 1 << 16]

    records, outcomes = read(path)

    assert len(records) == 4
    assert outcomes[0].format == "iMessage database"


def test_a_database_that_lacks_what_its_kind_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sms.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE chat_message_join (x)")

    assert "sms.db is a database that could not be read (no such table: message)." in said(read(path)[1])


def with_log(folder: Path) -> Path:
    """A database whose newest message is only in its log, as a phone leaves it."""
    live, path = folder / "live.db", folder / "sms.db"
    live.write_bytes(imessage_database())
    with closing(sqlite3.connect(live)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute(
            "INSERT INTO message VALUES (5, 'I am outside', NULL, 1, 731970480000000000, 0, 0, 0, 0, 0, 0, 0)"
        )
        database.execute("UPDATE message SET text = 'changed' WHERE ROWID = 1")
        database.commit()
        shutil.copy(live, path)
        shutil.copy(live.with_name("live.db-wal"), path.with_name("sms.db-wal"))
    live.unlink()
    return path


def test_the_newest_messages_are_read_from_the_log_beside_a_database(tmp_path: Path) -> None:
    path = with_log(tmp_path)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}

    records, outcomes = read(path)

    assert [one.text for one in records if one.source == "sms.db (write-ahead log)"] == [
        "changed",
        "I am outside",
    ]
    assert next(one.text for one in records if one.source == "sms.db") == "I see you"
    assert outcomes[1].format == "iMessage database: what its write-ahead log adds"
    assert "1 records of sms.db are changed or gone in its write-ahead log" in said(outcomes)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_a_log_in_an_archive_is_read_with_its_database(tmp_path: Path) -> None:
    path = with_log(tmp_path)
    container = zipped(
        tmp_path, {name: (tmp_path / name).read_bytes() for name in (path.name, f"{path.name}-wal")}
    )

    records, outcomes = read(container)

    assert "I am outside" in [one.text for one in records]
    assert [one[2] for one in outcomes[-1].members] == ["read", "read"]


def test_a_log_that_adds_nothing_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sms.db"
    path.write_bytes(imessage_database())
    path.with_name("sms.db-wal").write_bytes(b"")

    records, outcomes = read(path)

    assert len(records) == 4
    assert "sms.db (write-ahead log) holds no messages." in said(outcomes)


def test_a_log_without_its_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with_log(tmp_path).unlink()

    _, outcomes = read(tmp_path / "sms.db-wal")

    assert outcomes[0].refused
    assert "It looks like a database's write-ahead log. Nothing was read. Give it together with" in said(
        outcomes
    )


def test_a_log_of_something_else_is_said_and_known_by_its_database_only(tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"SQLite format 3\x00" + b"\x01" * 5000)
    both = WriteAheadLog(reader=reader, database=of_file(junk, name="junk.db"))

    with (
        pytest.raises(RefusedSourceError, match="could not be read"),
        joined(of_file(junk, name="x"), of_file(junk, name="y"), Ledger()),
    ):
        pass
    assert not both.recognises(b"")


def test_a_log_of_a_database_that_nobody_reads_is_named_with_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE jid (x)")
    path.with_name("x.db-wal").write_bytes(b"\x37\x7f\x06\x82")

    _, outcomes = read(path)

    assert "It looks like WhatsApp's database of an Android phone" in said(outcomes)
    assert "Use “Export chat”" in said(outcomes)


@pytest.mark.parametrize(
    ("head", "words", "may_hold"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an older office document (DOC, XLS or PPT)", True),
        (b"!BDNxx", "an Outlook mail store (.pst or .ost)", True),
        (b"window.YTD.direct_messages.part0 = [", "direct messages of X (Twitter)", True),
        (b'{"conversations": [{"conversation_state": 1}]}', "Hangouts messages (JSON)", True),
        (b'[{"ID": 1, "Timestamp": "x", "Contents": "y"}]', "Discord messages (JSON)", True),
        (
            *(b'{"members": [{"name": "Bob", "user_type": "Human"}]}',),
            *("the people of Google Chat conversations (JSON)", False),
        ),
        (
            *(b"Mar 12, 2024  9:05:07 PM (Read by you after 3 seconds)\n+447700900001\nI see you\n",),
            *("messages of an iPhone as imessage-exporter writes them", True),
        ),
        (b"window.YTD.tweets.part0 = [ {", "posts of X (Twitter)", True),
        (b'{"created_date": 1, "user_type": "Human"}', "Google Chat messages (JSON)", True),
        (b'{"a": 1}', "JSON", True),
        (b"12/03/2024, 21:05, Sam", "a table", True),
        (b"# dear diary", "text", True),
        (b"<html><body>hello", "a web page (HTML)", True),
        (b"<?xml version='1.0'?><project><model type='Chat'>", "a Cellebrite report (XML)", True),
        (b"\x00\x01\x02", "bytes of no kind that is known", True),
        (b"\x1f\x8b\x08", "a packed archive", True),
        (b"%PDF-1.7", "a PDF document", True),
        (b"BEGIN:VCARD", "a contact card", False),
        (b"\x00\x00\x00\x20ftypisom", "a video or sound (MP4)", False),
        (b"", "empty (0 bytes)", False),
    ],
)
def test_what_a_file_looks_like(head: bytes, words: str, may_hold: bool) -> None:
    look = look_of(head=head, name="x")

    assert (look.words, look.may_hold) == (words, may_hold)


@pytest.mark.parametrize(
    "data", [b'{"name": "Bob", "messages" [{"id": 1}]}', b'{"a": [1, 2', b'{"a": "\xff"}']
)
def test_damaged_json_is_called_damaged_json(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(data)
    _, outcomes = read(path)
    assert "result.json is JSON that is damaged or cut short (" in said(outcomes)

    _, outcomes = read(zipped(tmp_path, {"result.json": data, "_chat.txt": chat_text()}))
    assert "result.json is JSON that is damaged or cut short (" in said(outcomes)
    assert outcomes[-1].partial


def test_whole_json_of_no_known_kind_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"a": 1}')

    assert "It looks like JSON. Nothing was read." in said(read(path)[1])


def test_a_photograph_by_itself_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(b"\xff\xd8\xff")

    _, outcomes = read(path)
    assert outcomes[0].thing == "a photograph (JPEG)"
    assert not outcomes[0].records
    assert not outcomes[0].partial


def test_what_holds_no_messages_and_is_no_exhibit_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.vcf"
    path.write_bytes(b"BEGIN:VCARD")

    assert "It looks like a contact card. Nothing was read. Ask for another export." in said(read(path)[1])


def case(count: int) -> Case:
    names = tuple(f"export.zip/{number}.json (JSON)" for number in range(count))
    return replace(CASE, not_read=names, members=tuple((name, "JSON", "not read") for name in names))


def test_what_was_not_read_stands_on_the_first_page_and_in_a_table(tmp_path: Path) -> None:
    order = Order(course=charted([record()]), case=case(22), questions=Questions())

    pack(order=order, folder=tmp_path / "bag", clock=noon)

    first = readable(tmp_path / "bag" / "data" / "chronology-01.pdf")
    assert "NOT READ, though they may hold messages (22): export.zip/0.json (JSON)" in " ".join(first.split())
    assert "and 2 more." in " ".join(first.split())
    table = (tmp_path / "bag" / "data" / "archive-members.csv").read_text("utf-8")
    assert table.splitlines()[:2] == ["file,looks like,read", "export.zip/0.json (JSON),JSON,not read"]


def test_the_defendant_does_not_learn_what_else_there_is(tmp_path: Path) -> None:
    order = Order(course=charted([record()]), case=case(2), questions=Questions(), mask=Mask(Masks()))

    packed = pack(order=order, folder=tmp_path / "bag", clock=noon)

    assert "archive-members.csv" not in packed.files
    assert "NOT READ" not in readable(tmp_path / "bag" / "data" / "chronology-01.pdf")


def test_places_names_and_files_of_whatsapps_database_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "ChatStorage.sqlite"
    path.write_bytes(whatsapp_database())
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            ALTER TABLE ZWAMESSAGE ADD COLUMN ZMEDIAITEM INTEGER;
            CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZLATITUDE REAL, ZLONGITUDE REAL, ZMEDIALOCALPATH TEXT,
                ZTITLE TEXT);
            INSERT INTO ZWAMEDIAITEM VALUES (1, 51.5, -0.12, NULL, 'Here'), (2, 0, 0, 'Media/Bob/door.jpg', NULL);
            INSERT INTO ZWAMESSAGE VALUES
                (7, NULL, 731970600, 0, '447700900002@s.whatsapp.net', NULL, 5, 1, NULL, 1),
                (8, 'look', 731970660, 0, NULL, NULL, 1, 3, NULL, 2);
            INSERT INTO ZWACHATSESSION VALUES (3, 'Bob without a number', NULL);
            """
        )

    records, outcomes = read(path)

    assert [one.text for one in records[-2:]] == ["Here\n[place 51.5, -0.12]", "look\n[door.jpg]"]
    assert records[-1].sender == "Bob without a number"
    assert outcomes[0].facts["names in the database"].startswith("+447700900002 is Bob; 1-2@g.us is Us;")


def test_a_database_without_names_says_none(tmp_path: Path) -> None:
    path = tmp_path / "ChatStorage.sqlite"
    path.write_bytes(whatsapp_database())
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE ZWACHATSESSION SET ZPARTNERNAME = NULL")
        database.commit()

    assert "names in the database" not in read(path)[1][0].facts
