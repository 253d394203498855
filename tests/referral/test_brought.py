"""Who of a table is here already, and what is told of its rows."""

from datetime import date

import pytest

from desist.referral import brought
from desist.referral.table import Problem, Right, Table

BORN = date(1985, 3, 27)
ROBIN = {"given_names": "Robin", "family_name": "Example", "born": BORN, "pnc": ""}
STAYS = Problem(2, "needs", "“3 Hill Street” looks like an address. Why it stays: it is an agency's")


def table(**answers: object) -> Table:
    return Table((Right(2, ROBIN | answers, stays=(STAYS,)),), (Problem(3, "route", "Choose one"),))


@pytest.mark.parametrize(
    ("answers", "here"),
    [
        ({}, ("ROBIN", "example", BORN, "", "k7f2m9px4c")),
        ({"pnc": "2003/0062845E"}, ("Rob", "Other", date(1990, 1, 1), "2003/0062845E", "k7f2m9px4c")),
    ],
)
def test_the_person_is_known_by_name_and_birthday_or_by_number(
    answers: dict[str, object], here: tuple[str, str, date, str, str]
) -> None:
    found = brought.known(table(**answers), here=[here])

    assert found[2].sentence == "This person is already here: referral K7F2-M9PX-4C"


@pytest.mark.parametrize(
    "here",
    [
        ("Robin", "Example", date(1985, 3, 28), "", "k7f2m9px4c"),
        ("Robin", "Other", BORN, "", "k7f2m9px4c"),
    ],
)
def test_somebody_else_without_a_number_is_not_taken_for_them(here: tuple[str, str, date, str, str]) -> None:
    assert brought.known(table(), here=[here]) == {}


def test_what_is_left_out_counts_among_the_problems_and_its_words_do_not_stay() -> None:
    left_out = Problem(2, "", "This person is already here")

    assert brought.told(table(), {}) == brought.Brought(1, table().problems, 1, (STAYS,))
    assert brought.told(table(), {2: left_out}) == brought.Brought(0, (left_out, *table().problems), 2, ())
