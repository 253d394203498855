"""Tables that spreadsheets open as they are meant."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desist.ui import spreadsheets


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+44 1632", "-2", "@SUM(A1)", "\tx", "  =cmd", "\r=1", "\n=1", "\uff1d1+1", "\u00a0=1"),
        *("\ufeff=1", "\u200e \u202e-1", "\u2066+1"),
    ],
)
def test_what_would_be_a_formula_is_a_text(text: str) -> None:
    (_, (cell,)) = read(spreadsheets.as_csv(["name"], [[text]]))

    assert cell == f"'{text}"
    assert spreadsheets.unquoted(cell) == text


def test_an_apostrophe_that_somebody_wrote_is_kept() -> None:
    assert spreadsheets.unquoted("'tis -1") == "'tis -1"


def test_numbers_and_ordinary_words_stay_as_they_are() -> None:
    content = spreadsheets.as_csv(["a", "b", "c"], [[-3, 2.5, "Pólice, “North”"]])

    assert read(content)[1] == ["-3", "2.5", "Pólice, “North”"]
    assert content.startswith(b"\xef\xbb\xbf")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)
)
def test_whatever_is_written_comes_back(cells: list[str]) -> None:
    (back,) = read(spreadsheets.as_csv(["x"] * len(cells), [cells]))[1:]

    assert [one.removeprefix("'") for one in back] == [one.removeprefix("'") for one in cells]
