"""A table of referrals: what is right comes out as answers, what is wrong is told by row and column."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.referral import table
from desist.referral.answers import NAMES
from desist.referral.table import Table, Unreadable

TODAY = date(2026, 3, 3)
ROW = {
    "given_names": "Robin",
    "family_name": "Example",
    "aliases": "Rob; Robbo",
    "born": "28/02/1990",
    "pnc": "03/62845E",
    "contact_by": "Only through the referrer",
    "route": "police_voluntary",
    "legal_basis": "agreement",
    "proceedings": "No further action",
    "behaviours": "following; Loitering in any place",
    "channels": "in_person",
    "methods": "none",
    "relationship": "ex_partner",
    "behaviour_account": "Followed on three days.",
    "offence_kind": "stalking",
    "orders": "restraining 2027-03-01; bail",
    "need_kinds": "none",
    "risk_kinds": "none",
    "risk_tool": "none",
    "risk_to": "none",
    "referrer_kind": "police",
    "referrer_name": "Ash Vale",
    "referrer_phone": "01632 960000",
}


def written(*rows: dict[str, str], alone: bool = False, delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, table.headings(alone=alone), restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def read(*rows: dict[str, str], alone: bool = False) -> Table:
    return table.read(content=written(*rows, alone=alone), today=TODAY, alone=alone)


def told(found: Table) -> set[tuple[int, str]]:
    return {(problem.row, problem.column) for problem in found.problems}


def test_a_right_row_becomes_answers() -> None:
    found = read(ROW)

    assert found.problems == ()
    answers = found.rows[0].answers
    assert set(answers) == set(NAMES)
    assert answers["aliases"] == ["Rob", "Robbo"]
    assert answers["born"] == date(1990, 2, 28)
    assert answers["pnc"] == "03/0062845E"
    assert answers["behaviours"] == ["following", "loitering"]
    assert answers["proceedings"] == "no_further_action"
    assert answers["orders"] == ["restraining 2027-03-01", "bail"]


def test_every_problem_of_every_row_is_told_and_the_right_rows_stay() -> None:
    wrong = {
        **ROW,
        "born": "31/02/1990",
        "route": "telepathy",
        "pnc": "x",
        "orders": "restraining 2027-31-01",
    }
    address = {**ROW, "family_name": "Other", "behaviour_account": "Waits at 14 Otterfell Road"}
    formula = {**ROW, "family_name": "Third", "needs": '=HYPERLINK("http://x.example")'}

    found = read(wrong, ROW, address, formula, ROW)

    assert {(2, "born"), (2, "route"), (2, "pnc"), (2, "orders")} <= told(found)
    assert (4, "behaviour_account") in told(found)
    assert (5, "needs") in told(found)
    assert tuple(p.sentence for p in found.problems if p.row == 6) == ("The same person as in row 3",)
    assert [right.row for right in found.rows] == [3]
    assert found.wrong == 4


def test_a_cell_that_cannot_be_read_hides_no_other_problem_of_its_row() -> None:
    found = read({**ROW, "needs": "=1+1", "born": "31/02/1990", "route": "telepathy"})

    assert {(2, "needs"), (2, "born"), (2, "route")} <= told(found)
    assert [one.sentence for one in found.problems if one.column == "needs"] == [
        "This looks like a formula: write the words themselves"
    ]
    assert found.rows == ()


AGENCY = "It belongs to a police station, court or service"


def test_words_that_may_stay_are_answered_for_in_a_column_of_the_row() -> None:
    station = {**ROW, "behaviour_account": "Waited at 14 Otterfell Road", "needs": "Lives at 3 Hill Street"}

    asked = read(station)
    answered = read({**station, "false_alarm": AGENCY})
    nonsense = read({**station, "false_alarm": "because"})
    quiet = read({**ROW, "false_alarm": "agency"})

    assert {one.column for one in asked.problems} == {"behaviour_account", "needs"}
    assert all("say why in the column false_alarm" in one.sentence for one in asked.problems)
    assert answered.problems == ()
    assert [(one.reason, one.kinds) for one in answered.rows[0].overrides] == [
        ("agency", ("address",)),
        ("agency", ("address",)),
    ]
    assert [(one.row, one.column, one.sentence) for one in answered.rows[0].stays] == [
        (2, "behaviour_account", f"“14 Otterfell Road” looks like an address. Why it stays: {AGENCY}"),
        (2, "needs", f"“3 Hill Street” looks like an address. Why it stays: {AGENCY}"),
    ]
    assert quiet.rows[0].stays == ()
    assert (2, "false_alarm") in told(nonsense)
    assert quiet.rows[0].overrides == ()


def test_a_table_without_the_column_of_reasons_is_read_as_before() -> None:
    content = written(ROW).replace(b",false_alarm", b"", 1)

    found = table.read(content=content, today=TODAY, alone=False)

    assert found.problems == ()


def test_those_who_work_alone_say_when_it_was_complete() -> None:
    right = read({**ROW, "complete_on": "2026-03-01"}, alone=True)
    wrong = read({**ROW, "complete_on": ""}, {**ROW, "complete_on": "2026-03-04"}, alone=True)

    assert right.rows[0].complete_on == date(2026, 3, 1)
    assert told(wrong) == {(2, "complete_on"), (3, "complete_on")}


@pytest.mark.parametrize("typed", ["27/03/26", "1/1/99999999999", "0026-03-27", "1/1/1899"])
def test_a_year_that_cannot_be_meant_is_no_day(typed: str) -> None:
    assert (2, "complete_on") in told(read({**ROW, "complete_on": typed}, alone=True))
    assert told(read({**ROW, "orders": f"spo {typed}"}, alone=False))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_whatever_a_spreadsheet_writes_is_read(delimiter: str, encoding: str) -> None:
    text = written({**ROW, "given_names": "Zoë"}, delimiter=delimiter).decode()

    found = table.read(content=text.encode(encoding), today=TODAY, alone=False)

    assert found.rows[0].answers["given_names"] == "Zoë"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "headings of the template"),
        (b"\n\n", "headings of the template"),
        (b"PK\x03\x04", "CSV UTF-8"),
        (b"a\x00b", "cannot be read"),
        (b'"a,b\n', "not closed"),
        (b"x" * (table.MOST_BYTES + 1), "larger than 2 MB"),
        (b"a\n" + b"1\n" * 501, "more than 500 rows"),
    ],
)
def test_what_is_no_table_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        table.read(content=content, today=TODAY, alone=False)


def test_headings_that_are_missing_unknown_or_twice_are_told() -> None:
    found = table.read(content=b"given_names,given_names,victim_name\n", today=TODAY, alone=False)

    assert {(1, "given_names"), (1, "victim_name"), (1, "born")} <= told(found)


@pytest.mark.parametrize("alone", [True, False])
def test_the_template_is_read_back_as_empty_and_nothing_in_the_list_is_a_formula(alone: bool) -> None:
    found = table.read(content=table.template(alone=alone), today=TODAY, alone=alone)
    listed = list(csv.reader(io.StringIO(table.columns(alone=alone).decode("utf-8-sig"))))

    assert found == Table((), ())
    assert [row[0] for row in listed[1:]] == list(table.headings(alone=alone))
    assert not [cell for row in listed for cell in row if cell.startswith(("=", "+", "-", "@"))]


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40), max_size=8))
def test_any_cells_are_read_or_refused_and_never_kept_half(cells: dict[str, str]) -> None:
    try:
        found = read({**ROW, **cells})
    except Unreadable:
        return

    for right in found.rows:
        assert set(right.answers) == set(NAMES)
    assert found.rows or found.problems or not any(value.strip() for value in {**ROW, **cells}.values())
