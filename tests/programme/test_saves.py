"""Saves as versions: what one person saves within ten minutes is one."""

from datetime import timedelta

import pytest
from tests.programme.factories import NOW

from desist.programme import saves
from desist.programme.saves import Save


def saved(*made: tuple[str, int]) -> list[Save]:
    """Saves by whom and after how many minutes, the newest first."""
    found = [Save(number, by, NOW + timedelta(minutes=after)) for number, (by, after) in enumerate(made, 1)]
    return found[::-1]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([], []),
        ([("kit", 0)], [(1, 1)]),
        ([("kit", 0), ("kit", 5), ("kit", 10)], [(3, 1)]),
        ([("kit", 0), ("kit", 5), ("kit", 11)], [(3, 2), (1, 1)]),
        ([("kit", 0), ("ola", 1), ("kit", 2)], [(3, 3), (2, 2), (1, 1)]),
        ([("kit", 0), ("kit", 30)], [(2, 2), (1, 1)]),
    ],
)
def test_saves_of_one_person_within_ten_minutes_are_one_version(
    made: list[tuple[str, int]], expected: list[tuple[int, int]]
) -> None:
    assert [(one.number, one.first) for one in saves.versions(saved(*made))] == expected


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("", None), ("x", None), ("-1", None), ("1.5", None), ("9" * 30, None)]
)
def test_only_a_number_of_a_version_is_read_from_an_address(text: str, number: int | None) -> None:
    assert saves.number(text) == number
