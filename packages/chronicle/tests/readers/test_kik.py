"""Kik's databases of both kinds of telephone."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from packages.chronicle.tests.made_up.export_samples import database
from packages.chronicle.tests.made_up.phone_samples import kik_android, kik_iphone
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.records import Direction, Flag, Kind


def test_an_iphones_messages_are_read(read_one: ReadOne, tmp_path: Path) -> None:
    records, outcome = read_one(database(kik_iphone()), "Ann")

    assert [(one.kind, one.sender, one.recipients, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, "bob.sample", ("Ann",), Direction.RECEIVED, "I see you é"),
        (Kind.MESSAGE, "Ann", ("bob.sample",), Direction.SENT, "Stop"),
        (Kind.MESSAGE, "cat.example", ("Ann",), Direction.RECEIVED, "[door]"),
        (Kind.SYSTEM, "", ("Ann",), Direction.UNKNOWN, "Cat joined"),
        (Kind.SYSTEM, "", ("Ann",), Direction.UNKNOWN, "odd"),
    ]
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, tzinfo=UTC)
    assert records[2].flags == (Flag.ATTACHMENT,)
    assert outcome.facts["names"] == "bob.sample is Bob Sample; cat.example is Cat Example"
    # counted without the reader
    with closing(sqlite3.connect(tmp_path / "export")) as opened:
        assert len(records) == opened.execute("SELECT count(*) FROM ZKIKMESSAGE").fetchone()[0]


def test_a_database_without_files_or_groups_is_read(read_one: ReadOne) -> None:
    plain = kik_iphone().replace("ZKIKATTACHMENT", "ZOTHER")
    older = kik_android().replace("bin_id", "other")

    assert read_one(database(plain))[0][2].text == ""
    assert read_one(database(older))[0][2].recipients == ()


def test_an_android_phones_messages_are_read(read_one: ReadOne) -> None:
    records, _ = read_one(database(kik_android()), "Ann")

    assert [(one.kind, one.sender, one.recipients, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, "bob.sample", ("Ann",), Direction.RECEIVED, "I see you"),
        (Kind.MESSAGE, "Ann", ("bob.sample",), Direction.SENT, "Stop"),
        (Kind.MESSAGE, "cat", ("11_g@groups.kik.com",), Direction.RECEIVED, "[door]"),
        (Kind.SYSTEM, "", ("Ann",), Direction.UNKNOWN, "Bob joined"),
    ]
    assert [one.sent_utc for one in records[:2]] == [
        datetime(2024, 7, 31, 21, 5, second, tzinfo=UTC) for second in (1, 2)
    ]
    assert records[3].sent_utc is None
