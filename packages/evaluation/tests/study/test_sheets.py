"""Files as they are handed over: workbooks, semicolons, days in every order, and what cannot be read."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.episodes import read_episodes
from desist_evaluation.study import sheets
from desist_evaluation.study.files import read_study
from desist_evaluation.study.sheets import DateOrder, read_sheet

NO_EVENTS = "person,date,kind\n"
NEEDED = ("person",)


def workbook(*tables: list[list[object]]) -> bytes:
    """A workbook with a sheet a table."""
    book = openpyxl.Workbook()
    for place, table in enumerate(tables):
        sheet = book.create_sheet(index=place)
        for row in table:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: str | bytes, order: DateOrder | None = None) -> sheets.Sheet:
    return read_sheet("EPISODES", content, needed=NEEDED, order=order)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_told_apart(sign: str) -> None:
    found = read(f"\ufeffage{sign}person\r\n30{sign}a\r\n".encode())

    assert found.columns == {"age": ("30",), "person": ("a",)}
    assert found.lines == (2,)


def test_a_comma_in_a_file_with_semicolons_is_a_decimal_point_in_columns_of_numbers_only() -> None:
    found = read("person;score;tie;n\na;38,5;ex, once;1\nb;40;1,5;\n")

    assert found.columns == {
        "person": ("a", "b"),
        "score": ("38.5", "40"),
        "tie": ("ex, once", "1,5"),
        "n": ("1", ""),
    }


def test_a_quoted_cell_may_hold_the_sign_and_a_new_line() -> None:
    found = read('person,tie\na,"one, two\nthree"\nb,ex\n')

    assert found.columns["tie"][0] == "one, two\nthree"
    assert list(found.lines) == [3, 4]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)),
    st.sampled_from(DateOrder),
    st.sampled_from("/.-"),
    st.booleans(),
    st.sampled_from(["", " 00:00", " 00:00:00", "T00:00:00"]),
)
def test_a_day_in_numbers_is_read_in_the_order_that_was_said(
    day: date, order: DateOrder, stroke: str, padded: bool, midnight: str
) -> None:
    two = "02" if padded else ""
    parts = {"d": f"{day.day:{two}}", "m": f"{day.month:{two}}", "y": str(day.year)}
    written = stroke.join(parts[letter] for letter in order.value) + midnight
    if order is DateOrder.YMD and stroke == "-":
        written = day.isoformat() + midnight

    study = read_study(episodes=f"person,start\na,{written}\n", events=NO_EVENTS, order=order)

    assert study.episodes[0].start == day


def test_a_day_written_the_usual_way_needs_no_order_and_keeps_it() -> None:
    for order in (None, *DateOrder):
        study = read_study(episodes="person,start\na,2024-03-04\n", events=NO_EVENTS, order=order)
        assert study.episodes[0].start == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("written", "order", "words"),
    [
        ("01/02/2024", None, "If the day comes first, say --date-order dmy"),
        ("13.2.2024", None, "If the day comes first, say --date-order dmy"),
        ("13/02/24", DateOrder.DMY, "must have a year of four digits in the order dmy"),
        ("2024/13/02", DateOrder.DMY, "must have a year of four digits in the order dmy"),
        (
            "12/13/2024",
            DateOrder.DMY,
            "must be a day written as 2026-11-24 in the order dmy, not '12/13/2024'",
        ),
        ("31/02/2024", DateOrder.DMY, "must be a day written as 2026-11-24"),
        ("12 March 2024", DateOrder.DMY, "must be a day written as 2026-11-24"),
        ("45292", DateOrder.DMY, "must be a day written as 2026-11-24"),
    ],
)
def test_a_day_that_cannot_be_told_is_refused_with_what_to_do(
    written: str, order: DateOrder | None, words: str
) -> None:
    with pytest.raises(InvalidInputError, match=f"EPISODES line 2, start: .*{words}"):
        read_study(episodes=f"person,start\na,{written}\n", events=NO_EVENTS, order=order)


def test_the_sheet_that_has_the_columns_is_read_with_its_days_and_numbers() -> None:
    notes: list[list[object]] = [["Read me"]]
    table: list[list[object]] = [
        ["person", "start", "age", "score", None],
        ["a", datetime.fromisoformat("2024-03-04 09:30"), 30.0, 0.1 + 0.2, None],
        [None, None, None, None, None],
        [" b ", date(2024, 3, 5), 31, True],
    ]

    found = read(workbook([], notes, table))

    assert list(found.columns) == ["person", "start", "age", "score"]
    assert found.columns == {
        "person": ("a", "b"),
        "start": ("2024-03-04", "2024-03-05"),
        "age": ("30", "31"),
        "score": ("0.3", "True"),
    }
    assert list(found.lines) == [2, 4]


def test_a_mistake_in_a_workbook_is_refused_with_its_row() -> None:
    content = workbook([["person", "start"], ["a", "soon"]])

    with pytest.raises(InvalidInputError, match="EPISODES line 2, start: must be a day"):
        read_study(episodes=content, events=NO_EVENTS)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"0" * 3_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and then nothing", "is a workbook that could not be opened: save it as CSV UTF-8"),
        (workbook([["person"], ["a"]])[:900], "is a workbook that could not be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Excel file of before 2007"),
        (b"person\nJos\xe9\n", "is not UTF-8 text: save it as CSV UTF-8"),
        (workbook([]), "must have a column person; it has none"),
        (workbook([["name"], ["a"]]), "must have a column person; it has name"),
        (workbook([["person", "age"], ["a", "1", "2"]]), "EPISODES line 2: must have 2 cells, not 3"),
        (
            workbook([["person", "age"], ["a", "#REF!"]]),
            "EPISODES line 2, age: holds a formula without an answer",
        ),
        ("person\n" + "a" * 200_000 + "\n", r"EPISODES line 2: is no line of a table \(field larger than"),
        (b"", "must have a column person; it has none"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: str | bytes, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        read(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 2_000_000)

    with pytest.raises(InvalidInputError, match="would unpack to more than 2 MB"):
        read(bomb())


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("z", "EPISODES line 5003: must have 2 cells, not 1"),
        ("z, #REF! ", "EPISODES line 5003, tie: holds a formula without an answer, #REF!"),
    ],
)
def test_a_row_far_down_is_found_by_its_line(last: str, words: str) -> None:
    rows = 2 * sheets.PART + 1_000
    table = 'person,tie\nfirst,"on two\nlines"\n' + "".join(f"p{row},ex\n" for row in range(1, rows))

    found = read(table)

    assert found.columns["person"] == ("first", *(f"p{row}" for row in range(1, rows)))
    assert found.lines == (3, *range(4, rows + 3))
    with pytest.raises(InvalidInputError, match=words):
        read(table + last)


@given(
    st.lists(
        st.tuples(st.dates(date(1950, 1, 1), date(2060, 1, 1)) | st.none(), st.sampled_from(["", "x", "y"])),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_an_episode_is_the_row_that_it_stands_in(people: list[tuple[date | None, str]]) -> None:
    table = "person,start,end_reason\n" + "".join(
        f"p{row},{day or ''},{why}\n" for row, (day, why) in enumerate(people)
    )

    found = read_study(episodes=table, events=NO_EVENTS).episodes

    told = [(one.person, one.start, one.end_reason or "") for one in found]
    assert told == [(f"p{row}", *person) for row, person in enumerate(people)]
    assert read_episodes(list(found)).days["start"].tolist() == found.days["start"].tolist()
