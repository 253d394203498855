"""A row, a reaction or a notice is what it is: nobody is said to have sent what he did not send."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from packages.chronicle.tests.casework import PEOPLE

from desist_chronicle.analysis.findings import Questions, findings
from desist_chronicle.chronology import Entry, lines
from desist_chronicle.corpus import Corpus
from desist_chronicle.course import Course, chart
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.options import Options
from desist_chronicle.outputs.rows import Row, Wording
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.scope import Scope

Read = Callable[..., tuple[list[Record], Outcome]]
DIARY = (
    "Date,Time,Who,What happened,Witness\n"
    "13/03/2024,21:05,Sam Sample,Stood outside the house for ten minutes,Next door\n"
    "12 March 2024,9pm,Sam Sample,Drove past,\n"
    "March 14th 2024,,,Flowers on the step,\n"
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: str | bytes, options: Options | None = None) -> tuple[list[Record], Outcome]:
        path = tmp_path / "export.bin"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        made = Reading(paths=[path], options=options or Options())
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


def course(records: list[Record]) -> Course:
    held = Corpus()
    for one in records:
        held.add(one)
    return chart(corpus=held, people=PEOPLE, scope=Scope())


def shown(course: Course) -> list[Row]:
    wording = Wording(course=course, exhibits={"export.bin": "EX/1"})
    return [wording.row(line) for line in lines(course=course) if isinstance(line, Entry)]


@pytest.mark.parametrize(
    "columns", [(), (("date", "Date"), ("clock", "Time"), ("sender", "Who"), ("text", "What happened"))]
)
def test_a_diary_is_what_a_person_wrote_down_and_nobodys_message(
    columns: tuple[tuple[str, str], ...], read: Read
) -> None:
    records, outcome = read(DIARY, Options(columns=columns))

    assert [one.kind for one in records] == [Kind.HEADING, *[Kind.INCIDENT] * 3]
    assert {one.sender for one in records} == {""}
    assert {one.direction for one in records} == {Direction.UNKNOWN}
    assert records[1].text == (
        "Who: Sam Sample\nWhat happened: Stood outside the house for ten minutes\nWitness: Next door"
    )
    assert [(one.sent_local, one.precision) for one in records[1:]] == [
        (datetime(2024, 3, 13, 21, 5), Precision.MINUTE),  # noqa: DTZ001 - a wall clock
        (datetime(2024, 3, 12, 21), Precision.MINUTE),  # noqa: DTZ001
        (datetime(2024, 3, 14), Precision.DAY),  # noqa: DTZ001
    ]
    assert outcome.accounted


def test_a_diary_stands_in_the_chronology_and_in_no_count(read: Read) -> None:
    made = course(read(DIARY)[0])

    rows = shown(made)
    assert [(one.kind, one.sender, one.recipients) for one in rows] == [
        ("written down by a person", "", "")
    ] * 2
    assert rows[0].notes == ("about Sam Sample",)
    assert (
        findings(course=made, questions=Questions())[0]
        .sentences[0]
        .startswith("0 contacts from Sam Sample, 0")
    )


def test_what_a_person_wrote_down_does_not_reach_the_defendant(read: Read) -> None:
    made = course(read(DIARY)[0])
    wording = Wording(course=made, exhibits={"export.bin": "EX/1"}, mask=Mask(Masks()))

    rows = [wording.row(line) for line in lines(course=made) if isinstance(line, Entry)]

    assert {one.what for one in rows} == {"[written down by a person: not in this edition]"}


def test_the_row_of_headings_does_not_stand_in_the_chronology(read: Read) -> None:
    records, _ = read("Date,Sender,Text\n2024-03-12 21:05,Sam Sample,hello\n")

    assert [one.what for one in shown(course(records))] == ["hello"]


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        ("Date,Sender,Text,Evidence\n2024-03-12,Sam,hello,x\n", [Kind.MESSAGE]),
        ("Date,Name,Type\n", []),
        ("Date,Description,Number,Duration\n2024-03-12,Call,07700900123,00:01:00\n", [Kind.CALL]),
        ("Date,Usage type,Number,Duration\n2024-03-12,Text,07700900123,00:00:00\n", [Kind.MESSAGE]),
        ("Date,What happened,Type\n2024-03-12,He came,visit\n", [Kind.INCIDENT]),
        ("Date,Where,Details\n2024-03-12,Work,He came\n", [Kind.INCIDENT]),
    ],
)
def test_what_kind_of_table_it_is(table: str, kinds: list[Kind], read: Read) -> None:
    assert [one.kind for one in read(table)[0][1:]] == kinds


@pytest.mark.parametrize(
    ("written", "local", "precision"),
    [
        ("12 March 2024 at 21:05", "2024-03-12 21:05:00", Precision.MINUTE),
        ("Tuesday, 12 Mar 2024, 9:05 pm", "2024-03-12 21:05:00", Precision.MINUTE),
        ("12th of March 2024 9 p.m.", "2024-03-12 21:00:00", Precision.MINUTE),
        ("Sept 5, 2024 07:08:09", "2024-09-05 07:08:09", Precision.SECOND),
        ("12-Mar-24", "2024-03-12 00:00:00", Precision.DAY),
        ("12/03/2024 9pm", "2024-03-12 21:00:00", Precision.MINUTE),
    ],
)
def test_dates_with_the_name_of_the_month_are_read(
    written: str, local: str, precision: Precision, read: Read
) -> None:
    records, _ = read(f'Date and time,Sender,Text\n"{written}",Sam,x\n25/03/2024,Sam,y\n')

    assert (str(records[1].sent_local), records[1].precision) == (local, precision)


@pytest.mark.parametrize("written", ["12 Smarch 2024", "31 February 2024", "some day"])
def test_a_date_that_is_none_is_said_to_be_unreadable(written: str, read: Read) -> None:
    records, outcome = read(f"Date,Sender,Text\n{written},Sam,x\n")

    assert records[1].flags == (Flag.TIME_UNREADABLE,)
    assert outcome.facts["date_order_known"] == "no date is written in numbers"


def test_dates_by_name_say_how_they_are_known(read: Read) -> None:
    assert (
        read("Date,Sender,Text\n12 March 2024,Sam,x\n")[1].facts["date_order_known"]
        == "by the names of the months"
    )


def test_a_reaction_is_told_with_who_and_what_and_the_message_is_none(read: Read) -> None:
    heart = "❤".encode().decode("latin-1")
    whole = {
        "participants": [{"name": "Sam"}],
        "messages": [
            {"sender_name": "Sam", "timestamp_ms": 1710277500000, "content": "hello",
             "reactions": [{"reaction": heart, "actor": "Ann"}, {"reaction": "x"}, "odd"]},
            {"sender_name": "Sam", "timestamp_ms": 1710277500000, "content": "again", "reactions": []},
        ],
    }  # fmt: skip
    records, _ = read(json.dumps(whole))

    assert records[0].text == "hello\n[reactions: ❤ Ann, x]"
    assert records[0].flags == (Flag.REACTED_TO,)
    assert (records[1].text, records[1].flags) == ("again", ())


def test_a_telegram_reaction_is_told_with_who_and_what(read: Read) -> None:
    reactions = [
        {"type": "emoji", "count": 1, "emoji": "❤", "recent": [{"from": "Ann"}, 1]},
        {"emoji": "x", "recent": 1},
        1,
    ]
    message = {
        "id": 1,
        "type": "message",
        "date": "2024-03-12T21:05:00",
        "date_unixtime": "1710277500",
        "from": "Sam",
        "text": "hello",
    }
    records, _ = read(
        json.dumps(
            {"name": "Sam", "messages": [message | {"reactions": reactions}, message | {"reactions": 1}]}
        )
    )

    assert [one.text for one in records] == ["hello\n[reactions: ❤ Ann, x]", "hello"]
    assert records[0].flags == (Flag.REACTED_TO,)


def test_a_phones_notice_of_a_block_is_no_message(read: Read) -> None:
    lines = (
        "[12/03/2024, 21:05:00] Sam: hello",
        "[12/03/2024, 21:06:00] Sam: \u200eYou blocked this contact",
        "[13/03/2024, 21:07:00] Sam: \u200eYou unblocked this contact.",
        "[13/03/2024, 21:08:00] Sam: You blocked this contact",
    )
    records, _ = read("\n".join(lines) + "\n")

    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.SYSTEM, Kind.SYSTEM, Kind.MESSAGE]


def test_what_android_writes_for_a_missed_call_is_said_to_be_taken_for_one(read: Read) -> None:
    records, _ = read("13/03/2024, 21:05 - Sam: null\n13/03/2024, 21:06 - Sam: hello\n")

    assert (records[0].kind, records[0].flags) == (Kind.MISSED_CALL, (Flag.NULL_AS_CALL,))
