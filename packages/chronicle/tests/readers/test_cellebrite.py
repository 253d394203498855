"""Cellebrite's report and sheets: what the police hand over, message by message."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.cellebrite_samples import cellebrite_report, cellebrite_sheet
from packages.chronicle.tests.made_up.export_samples import archive
from packages.chronicle.tests.made_up.phone_samples import BOB
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Reading
from desist_chronicle.records import Direction, Flag, Kind

ANN = "+447700900001"


def test_each_entry_of_a_report_is_read(read_one: ReadOne) -> None:
    records, outcome = read_one(cellebrite_report(), "Ann")

    assert [(one.kind, one.sender, one.recipients, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, BOB, ("Ann",), Direction.RECEIVED, "I see you ]&gt;\nagain é"),
        (Kind.MESSAGE, "Ann", (BOB,), Direction.SENT, "Stop\n[door.jpg]"),
        (Kind.MESSAGE, BOB, (), Direction.RECEIVED, "look"),
        (Kind.MESSAGE, "Ann", (BOB,), Direction.SENT, "Leave me"),
        (Kind.CALL, BOB, (), Direction.RECEIVED, "[duration 00:01:03]"),
        (Kind.MISSED_CALL, BOB, (), Direction.RECEIVED, "[duration 00:01:03]"),
        (Kind.CALL, "Ann", (BOB,), Direction.SENT, "[duration 00:01:03]"),
        (Kind.EMAIL, "bob@example.org", ("Ann",), Direction.RECEIVED, "you\nhello"),
        (Kind.LOCATION, "", (), Direction.UNKNOWN, "A shop\n51.5007, -0.1246 within 20 m"),
    ]
    assert records[1].flags == (Flag.ATTACHMENT, Flag.DELETED)
    assert records[0].sent_utc == datetime(2024, 7, 31, 21, 5, 1, tzinfo=UTC)
    assert outcome.format == "Cellebrite report (XML)"
    assert f"{BOB} is Bob Sample" in outcome.facts["names"]
    assert "1 other entries of export were not read: 1 Contact." in outcome.warnings[0]
    # counted without the reader
    kinds = "InstantMessage|SMS|Call|Email|Location"
    assert len(records) == len(re.findall(rf'<model type="(?:{kinds})"', cellebrite_report().decode()))
    assert [one.sent_found for one in records] == re.findall(
        r"2024-07-31T[^\]]+", cellebrite_report().decode()
    )


def test_the_owner_has_a_number_where_no_name_is_given(read_one: ReadOne) -> None:
    records, _ = read_one(cellebrite_report())

    assert (records[0].recipients, records[1].sender) == ((ANN,), ANN)


def test_a_report_in_an_archive_of_cellebrites_is_read(read_one: ReadOne) -> None:
    records, outcome = read_one(
        archive({"report.xml": cellebrite_report(), "files/door.jpg": b"\xff\xd8"}), name="a.ufdr"
    )

    assert len(records) == 9
    assert not outcome.not_read


@pytest.mark.parametrize("end", [b"Leave me", b"</project>"])
def test_a_report_cut_short_keeps_what_came_before(end: bytes, read_one: ReadOne) -> None:
    data = cellebrite_report()

    records, outcome = read_one(data[: data.index(end)])

    assert len(records) in {3, 9}
    assert outcome.partial
    assert "the XML is damaged or cut short there" in outcome.warnings[0]


def test_a_report_with_entities_stops_and_says_so(read_one: ReadOne) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "b">]><p><model type="SMS"/>&a;</p>'

    records, outcome = read_one(bomb)

    assert (records, outcome.partial) == ([], True)


def test_entries_that_say_little_are_kept(read_one: ReadOne) -> None:
    party = '<model type="Party"><field name="Name"><value>{}</value></field></model>'
    models = (
        '<model type="Voicemail"/>',
        f'<model type="SMS"><modelField name="From">{party.format("Bob")}</modelField><field name="Body"/></model>',
        '<model type="Location"><modelField name="Position"><model type="Coordinate"/></modelField></model>',
        '<model><field name="X"/></model>',
    )

    records, outcome = read_one(f'<p xmlns="x">{"".join(models)}</p>'.encode())

    assert [(one.kind, one.sender, one.text) for one in records] == [
        *((Kind.VOICEMAIL, "", ""), (Kind.MESSAGE, "Bob", ""), (Kind.LOCATION, "", "")),
    ]
    assert "1 entry without a type" in outcome.warnings[0]


def test_a_sheet_has_its_headings_below_a_title_and_states_offsets(read_one: ReadOne) -> None:
    records, _ = read_one(cellebrite_sheet())

    assert [(one.sender, one.recipients, one.text, one.flags) for one in records] == [
        ("Bob Sample", ("Ann Example",), "I see you", ()),
        ("Ann Example", ("Bob Sample",), "[door.jpg]", (Flag.ATTACHMENT, Flag.DELETED)),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2024, 7, 31, 21, 5, 1, tzinfo=UTC),
        datetime(2024, 7, 31, 21, 5, 2, tzinfo=UTC),
    ]
    assert [one.line for one in records] == [3, 4]


def test_columns_that_a_person_states_are_found_below_a_title_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    path.write_bytes(cellebrite_sheet())

    def read(heading: str) -> Reading:
        columns = (("text", heading),)
        return Reading(paths=[path], options=Options(date_order=DateOrder.DMY, columns=columns))

    found, refused = read("Participants"), read("Nothing")
    records = [one for block in found.blocks() for one in block]
    list(refused.blocks())

    assert [one.text for one in records] == ["x", "[door.jpg]"]
    assert refused.outcomes[0].refused
    assert "the heading one of Chats (2)" in refused.outcomes[0].warnings[0]
