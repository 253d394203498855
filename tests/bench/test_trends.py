"""The table of the methods on the trend says what the sentences do, on the first courses of each of its lines."""

from pathlib import Path

import pytest

from tools.bench.trends import CELLS, RIGHT, SILENT, WRONG, Cell, answer, answers, report

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "chronicle" / "trend.md"
FEW = 25


def table() -> dict[str, list[float]]:
    lines = [line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if " | " in line]
    return {name: [float(cell) for cell in cells] for name, *cells in lines if name != "course"}


def test_the_page_has_every_line_and_no_wrong_answer_above_one_per_cent() -> None:
    printed = table()

    assert list(printed) == [cell.name for cell in CELLS]
    assert max(cells[1] for cells in printed.values()) <= 1
    assert all(printed[cell.name][4] == 0 for cell in CELLS if cell.direction)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_a_smaller_run_agrees_with_the_page(cell: Cell) -> None:
    over_time, compared = answers(cell=cell, courses=FEW)

    for found, (right, wrong, _) in zip(
        (over_time, compared), (table()[cell.name][:3], table()[cell.name][3:]), strict=True
    ):
        # four standard errors of a share from 25 courses, at least two courses
        room = max(2.0, 4 * (FEW * right / 100 * (1 - right / 100)) ** 0.5)
        assert abs(found[RIGHT] - FEW * right / 100) <= room
        assert found[WRONG] <= FEW * wrong / 100 + 2


def test_an_answer_that_names_both_directions_is_wrong() -> None:
    assert answer(words="contacts became more frequent. it fell.", direction=1) == WRONG
    assert answer(words="not enough to say it rose.", direction=1) == SILENT


def test_the_table_is_printed_line_by_line() -> None:
    lines: list[str] = []

    assert report(print_line=lines.append, courses=2) in {True, False}
    assert len(lines) == 2 + len(CELLS)
