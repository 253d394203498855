"""docs/methods/returns.md says of each indicator that a commissioner asks for where it stands, and names every return of the definitions."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from desist.returns import definitions
from desist.sites import Zone

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "returns.md"
#: asked for in England: the standards of the Home Office, police and crime commissioners, published programmes
ASKED = (
    *("R1", "R2", "R3", "R4", "R5", "S1", "S2", "D1", "D2", "C1", "C2", "P1", "K1", "K2"),
    *("O1", "O2", "O3", "V1", "V2", "V3", "X1", "F1", "Q1"),
)
SIDES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY)


def rows(heading: str, text: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    under = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in under.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def missing(wanted: Iterable[str], found: Iterable[str]) -> list[str]:
    known = list(found)
    return [one for one in wanted if known.count(one) != 1]


def test_every_indicator_stands_in_the_table_once_with_its_place_or_the_reason() -> None:
    found = rows("Indicators that commissioners ask for", PAGE.read_text("utf-8"))

    assert missing(ASKED, (row[0] for row in found)) == []
    assert [row for row in found if len(row) != 3 or not all(row)] == []


@pytest.mark.parametrize("side", SIDES)
def test_every_return_of_the_newest_definitions_stands_in_its_table(side: Zone) -> None:
    newest = definitions.newest(side)
    found = rows("Returns of the newest definitions", PAGE.read_text("utf-8"))

    assert (
        missing((one.id for one in newest.returns), (row[1] for row in found if row[0] == newest.version))
        == []
    )
    titles = {row[1]: row[2] for row in found if row[0] == newest.version}
    assert titles == {one.id: one.title for one in newest.returns}


def test_an_edition_that_the_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:[a-z]+-)?20\d\d-\d\d(?:-\d)?)`", PAGE.read_text("utf-8")))

    assert named
    assert [one for one in named if not definitions.edition(one)] == []


def test_an_indicator_that_is_missing_is_found() -> None:
    text = "## Asked\n\n| id | asked | where |\n|---|---|---|\n| R1 | a | b |\n\n## Other\n| R2 | a | b |\n"

    assert missing(["R1", "R2"], (row[0] for row in rows("Asked", text))) == ["R2"]
