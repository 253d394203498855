"""Tables hold every entry, and no spreadsheet runs what a perpetrator typed."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.jsonl import from_line
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.tables import (
    COLUMNS,
    safe,
    write_chronology,
    write_occasions,
    write_records,
    write_unused,
)
from desist_chronicle.records import Record
from desist_chronicle.scope import Unused

EXHIBITS = {"a.txt": "EX/1"}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 7700", "-1", "@SUM(A1)", "\t=1", " =1", "\u200e=1", "\uff1d1", "\n=1"]
)
def test_what_a_spreadsheet_would_run_is_made_safe(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@given(st.text(max_size=20))
def test_a_safe_cell_holds_its_text_and_begins_with_no_sign(cell: str) -> None:
    assert safe(cell) in {cell, f"'{cell}"}
    assert safe(cell)[:1] not in set("=+-@\t\r\n")


def written(records: list[Record]) -> tuple[list[list[str]], list[list[str]], list[str]]:
    course = charted(records)
    wording = Wording(course=course, exhibits=EXHIBITS)
    rows, occasions, lines = io.StringIO(), io.StringIO(), io.StringIO()
    write_chronology(course=course, wording=wording, to=rows)
    write_occasions(course=course, to=occasions)
    write_records(course=course, wording=wording, to=lines)
    read = (list(csv.reader(io.StringIO(table.getvalue()))) for table in (rows, occasions))
    return (*read, lines.getvalue().splitlines())  # type: ignore[return-value]  # two tables and lines


TOLD = [
    record("=HYPERLINK(1)"),
    record("two\nlines", at="2024-03-04 21:00", recipients=("Robin Example",)),
    record("\ud83d", at=None),
]


def test_every_entry_is_a_row() -> None:
    rows, _, _ = written(TOLD)

    assert rows[0] == list(COLUMNS)
    assert [row[8] for row in rows[1:]] == ["'=HYPERLINK(1)", "two\nlines", "\ud83d"]
    assert rows[1][:6] == ["1", "1", "1 Mar 2024 08:00 GMT", "2024-03-01T08:00:00+00:00", "minute", "message"]
    assert rows[3][1:4] == ["", "no time", ""]
    assert rows[1][10:] == ["EX/1 line 1", "0", "10"]


def test_occasions_stand_with_the_quiet_before_them() -> None:
    _, occasions, _ = written(TOLD)

    assert occasions[1:] == [
        ["1", "2024-03-01 08:00:00", "2024-03-01 08:00:00", "1 message", ""],
        ["2", "2024-03-04 21:00:00", "2024-03-04 21:00:00", "1 message", "2"],
    ]


def test_a_line_holds_the_record_exactly() -> None:
    _, _, lines = written(TOLD)

    for line, told in zip(lines, TOLD, strict=True):
        fields = json.loads(line)
        del fields["number"], fields["occasion"]
        again = from_line(json.dumps(fields))
        assert (again.text, again.sent_utc, again.recipients) == (told.text, told.sent_utc, told.recipients)
    assert [json.loads(line)["occasion"] for line in lines] == [1, 2, None]


def test_the_schedule_of_unused_material_is_numbered() -> None:
    to = io.StringIO()

    write_unused(
        unused=[
            Unused("kit.txt", "not chosen", 3, date(2024, 3, 1), None),
            Unused("a.mp3", "not chosen", 1, None, None, "A file"),
        ],
        to=to,
    )

    assert to.getvalue().splitlines()[1] == "1,Messages: kit.txt,not chosen,3,2024-03-01,"
    assert to.getvalue().splitlines()[2] == "2,A file: a.mp3,not chosen,1,,"
