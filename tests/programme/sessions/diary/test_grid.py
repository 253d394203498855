"""A cell of the diary's grid reads any text: a figure of its row, nothing, or a plain sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.programme.sessions.diary import grid
from desist.programme.sessions.diary.grid import TARGETS, Target

cells = st.text(max_size=6) | st.sampled_from(
    ["", " ", "-", "–", "٣", "²", "0", "5", "05", "24", "25", "-1", "1.5"]
)


@given(cells, st.sampled_from(TARGETS))
def test_any_cell_is_a_figure_of_its_row_nothing_or_a_sentence(typed: str, target: Target) -> None:
    try:
        figure = grid.read(typed, target)
    except grid.NotAFigure as wrong:
        said = str(wrong)
    else:
        said = ""
        assert figure is None or 0 <= figure <= target.most
    assert not said or said.startswith("Type a figure from 0 to")


@given(st.sampled_from(TARGETS).flatmap(lambda one: st.tuples(st.just(one), st.integers(0, one.most))))
def test_every_figure_of_a_row_is_read_as_it_is_typed(known: tuple[Target, int]) -> None:
    target, figure = known

    assert grid.read(f" {figure} ", target) == figure


@pytest.mark.parametrize("typed", ["", "  ", "-", "–", "—", "--", "\u2212"])
def test_an_empty_cell_and_a_dash_are_nothing(typed: str) -> None:
    assert grid.read(typed, TARGETS[0]) is None


def test_the_rows_of_a_person_stand_below_those_of_everyone() -> None:
    assert [one.name for one in grid.rows([("ref", "Her rota")])][-2:] == ["Alcohol or drugs", "Her rota"]
