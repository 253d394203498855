"""What leaves cannot be worked back: a linear programme with every total and one known row finds no small count."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.evaluation.tests.attacker import Attacker, Released

import desist_evaluation as evaluation
from desist_evaluation.cell_suppression import Counts, with_totals
from desist_evaluation.checks import InvalidInputError

THRESHOLD = 10
QUARTER = [[120, 3, 40], [80, 25, 60], [44, 31, 12]]


def series(random: np.random.Generator, releases: int) -> list[Counts]:
    """Growing tables of two to five rows and columns with many small counts."""
    shape = tuple(random.integers(2, 6, size=2))
    scale = random.choice([3, 12, 40, 150], size=shape)
    return list(
        np.cumsum(
            [random.poisson(scale * random.choice([0.1, 1.0], size=shape)) for _ in range(releases)], axis=0
        )
    )


def release(tables: list[Counts]) -> list[Released]:
    """Every table of a series as it would have been released at its time."""
    history: list[dict[str, Any]] = []
    for counts in tables:
        found = evaluation.suppress(table=counts.tolist(), threshold=THRESHOLD, history=history)
        history.append({"counts": counts.tolist(), "released": found.as_dict()["released"]})
    return [entry["released"] for entry in history]


def narrowest(tables: list[Counts], released: list[Released], known_row: int | None) -> float:
    attacker = Attacker(truth=tables, released=released, known_row=known_row)
    return min(attacker.widths(THRESHOLD), default=np.inf)


def attack(seed: int, releases: int) -> float:
    """The narrowest interval that any attacker finds in one random series."""
    random = np.random.default_rng(seed)
    tables = series(random, releases)
    released = release(tables)
    return min(narrowest(tables, released, known) for known in [None, *range(len(tables[0]))])


def test_subtraction_breaks_a_table_with_only_its_small_cell_withheld() -> None:
    table = np.array(QUARTER)
    released = with_totals(table).tolist()
    released[0][1] = None

    assert narrowest([table], [released], None) == 0


def test_someone_who_knows_a_row_breaks_a_table_protected_by_one_rectangle() -> None:
    table = np.array(QUARTER)
    released = with_totals(table).tolist()
    for row, column in ((0, 1), (0, 2), (1, 1), (1, 2)):
        released[row][column] = None

    assert narrowest([table], [released], None) >= THRESHOLD
    assert narrowest([table], [released], 1) == 0


def test_a_quarter_subtracted_from_the_next_breaks_tables_protected_one_by_one() -> None:
    first, second = np.array([[50, 60], [70, 80]]), np.array([[53, 75], [95, 96]])

    released: list[Released] = [with_totals(first).tolist(), with_totals(second).tolist()]

    assert narrowest([first, second], released, None) == 0


@pytest.mark.parametrize("seed", range(30))
def test_no_attacker_narrows_a_small_count_of_one_release(seed: int) -> None:
    assert attack(seed, 1) >= THRESHOLD


@pytest.mark.parametrize("seed", range(8))
def test_no_attacker_narrows_a_small_count_or_growth_of_a_series(seed: int) -> None:
    assert attack(seed, 3) >= THRESHOLD


@pytest.mark.slow
@pytest.mark.parametrize("block", range(3))
def test_three_hundred_random_table_sets_withstand_the_attack(block: int) -> None:
    for seed in range(100 * block, 100 * block + 100):
        assert attack(100_000 + seed, 1 + seed % 3 // 2) >= THRESHOLD, seed


@given(
    table=st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 60), min_size=columns, max_size=columns), min_size=1, max_size=4
        )
    ),
    threshold=st.integers(1, 20),
)
@settings(max_examples=60)
def test_what_is_released_is_true_and_never_small(table: list[list[int]], threshold: int) -> None:
    truth = with_totals(np.array(table)).tolist()

    released: Any = evaluation.suppress(table=table, threshold=threshold).as_dict()["released"]

    for true_row, released_row in zip(truth, released, strict=True):
        for value, shown in zip(true_row, released_row, strict=True):
            assert shown is None or (shown == value and value >= threshold)


def test_large_counts_are_all_released() -> None:
    found = evaluation.suppress(table=[[100, 200], [300, 400]])

    assert found.as_dict()["released"] == [[100, 200, 300], [300, 400, 700], [400, 600, 1000]]
    assert found.values["withheld"] == 0


def test_zeros_are_small_unless_said_otherwise() -> None:
    table = [[0, 200], [300, 400]]

    assert evaluation.suppress(table=table).as_dict()["table"][0][0] is None  # type: ignore[index]  # a table in JSON
    assert evaluation.suppress(table=table, zeros=False).as_dict()["table"] == table


def test_a_table_without_people_releases_nothing_and_says_what_to_do() -> None:
    found = evaluation.suppress(table=[[0, 0], [0, 0]])

    assert all(cell is None for row in found.as_dict()["released"] for cell in row)  # type: ignore[attr-defined]  # a table in JSON
    assert "join categories or wait" in found.sentence


def test_one_row_and_one_column_do_not_repeat_themselves_as_totals() -> None:
    row = evaluation.suppress(table=[[30, 40, 50]])
    column = evaluation.suppress(table=[[30], [40], [50]])

    assert row.as_dict()["released"] == [[30, 40, 50, 120], [None, None, None, 120]]
    assert column.as_dict()["released"] == [[30, None], [40, None], [50, None], [120, 120]]


def test_a_single_row_protects_its_small_cell_with_another() -> None:
    found = evaluation.suppress(table=[[3, 40, 50]])

    assert found.as_dict()["table"] == [[None, None, 50]]


def test_rounding_comes_after_and_totals_need_not_add_up() -> None:
    found = evaluation.suppress(table=[[101, 202], [303, 404]], rounding=5)

    assert found.as_dict()["table"] == [[100, 200], [305, 405]]
    assert found.values["total"] == 1010
    assert "totals need not add up" in found.sentence


def test_nothing_in_the_result_depends_on_what_was_withheld() -> None:
    one = evaluation.suppress(table=[[120, 3, 41], [80, 26, 60], [44, 30, 11]])
    other = evaluation.suppress(table=[[120, 4, 40], [80, 25, 61], [44, 30, 11]])

    assert one.as_dict()["released"] == other.as_dict()["released"]
    assert one.to_json() == other.to_json()


def test_what_was_once_withheld_stays_withheld() -> None:
    first = evaluation.suppress(table=[[5, 40], [50, 60]])
    history = [{"counts": [[5, 40], [50, 60]], "released": first.as_dict()["released"]}]

    later = evaluation.suppress(table=[[45, 90], [95, 120]], history=history)

    assert later.as_dict()["released"][0][0] is None  # type: ignore[index]  # a table in JSON


def test_a_large_table_is_protected_in_a_moment() -> None:
    table = np.random.default_rng(43).poisson(16, size=(43, 20)).tolist()

    found = evaluation.suppress(table=table)

    assert 0 < int(str(found.values["withheld"])) < 860


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"table": []}, "table: must have at least 1"),
        ({"table": [[]]}, r"table\[0\]: must have at least 1"),
        ({"table": [[1, 2], [3]]}, "table: must have rows of equal length"),
        ({"table": [[1, -2]]}, r"table\[0\]\[1\]: must not be negative"),
        ({"table": [[1, float("nan")]]}, r"table\[0\]\[1\]: must be a finite number"),
        ({"table": [[1, None]]}, r"table\[0\]\[1\]: must be a number"),
        ({"table": [[1] * 201] * 100}, "table: must have at most 20,000 cells"),
        ({"table": [[1]], "threshold": 0}, "threshold: must be at least 1"),
        ({"table": [[1]], "rounding": 0}, "rounding: must be at least 1"),
        ({"table": [[1]], "zeros": 1}, "zeros: must be true or false"),
        ({"table": [[1]], "history": [3]}, r"history\[0\]: must be an object with counts"),
        (
            {"table": [[1]], "history": [{"counts": [[1, 2]], "released": []}]},
            "must have the rows and columns of the other releases",
        ),
        (
            {"table": [[1]], "history": [{"counts": [[2]], "released": [[None, None], [None, 2]]}]},
            r"must not be below an earlier release \(row 0, column 0\)",
        ),
        (
            {"table": [[3]], "history": [{"counts": [[2]], "released": [[None]]}]},
            "must have 2 rows and 2 columns, totals included",
        ),
        (
            {"table": [[3]], "history": [{"counts": [[2]], "released": [[None, 1], [None]]}]},
            "must have 2 rows and 2 columns, totals included",
        ),
    ],
)
def test_bad_input_names_the_field_and_the_rule(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        evaluation.suppress(**arguments)
