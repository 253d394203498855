"""Entries are put into words that say who, what and where in which exhibit."""

from packages.chronicle.tests.casework import PEOPLE, charted, record

from desist_chronicle.chronology import Entry, lines
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.outputs.rows import FLAG_WORDS, Row, Wording
from desist_chronicle.people import People
from desist_chronicle.records import Direction, Flag, Kind, Record

EXHIBITS = {"a.txt": "EX/1", "b.txt": "EX/2"}


def rows(*records: Record, mask: Mask | None = None, people: People = PEOPLE) -> list[Row]:
    course = charted(records, people=people)
    wording = Wording(course=course, exhibits=EXHIBITS, mask=mask, in_force={0: "Order"})
    return [wording.row(line) for line in lines(course=course) if isinstance(line, Entry)]


def test_every_flag_has_words() -> None:
    assert set(FLAG_WORDS) == set(Flag)


def test_a_row_says_who_what_when_and_where() -> None:
    row = rows(record("Where", recipients=("Robin Example",), flags=(Flag.EDITED,)))[0]

    assert row == Row(
        number=1,
        occasion=1,
        when="1 Mar 2024 08:00 GMT",
        kind="message",
        sender="Sam Sample",
        recipients="Robin Example",
        what="Where",
        notes=("edited", "candidate: Order in force"),
        exhibit="EX/1 line 1",
    )


def test_a_name_that_differs_from_the_source_shows_both() -> None:
    people = People(subject=("Sam Sample", "07700 900123"), owner=("Robin Example",))

    found = rows(record(sender="07700 900123"), record(sender="Me", direction=Direction.SENT), people=people)

    assert [row.sender for row in found] == ["Sam Sample (“07700 900123”)", "Robin Example (“Me”)"]


def test_a_system_line_is_from_nobody() -> None:
    assert rows(record(), record(sender="", kind=Kind.SYSTEM))[1].sender == ""


def test_a_place_without_lines_is_a_record_number() -> None:
    course = charted([record()])
    held = course.corpus.reader()[0]._replace(line=0, seq=4)
    course.corpus.add(held)

    wording = Wording(course=charted([record()]), exhibits=EXHIBITS)

    assert wording._place(held) == "EX/1 record 4"


def test_copies_are_noted() -> None:
    texts = ["the distinctive message one", "the distinctive message two", "the distinctive message three"]
    two = [record(text, source=source) for source in ("a.txt", "b.txt") for text in texts]

    assert "also in 1 other source" in rows(*two)[1].notes


def test_a_masked_row_hides_numbers_and_numbers_other_people() -> None:
    mask = Mask(Masks(terms=("Robin Example",)))

    found = rows(
        record("ring 07700 900123"),
        record(sender="Maggie"),
        record(sender="Maggie"),
        record(sender="Kit"),
        mask=mask,
    )

    assert found[0].what == "ring [number]"
    assert [row.sender for row in found[1:]] == [
        "another person (1)",
        "another person (1)",
        "another person (2)",
    ]
