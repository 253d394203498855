"""Published and recomputed figures: every case of cases.csv, called by name with its JSON arguments."""

import csv
import json
from pathlib import Path

import pytest

from desist_evaluation import requests

CASES = list(csv.DictReader(Path(__file__).with_name("cases.csv").read_text().splitlines()))


def close(expected: object, found: object, tolerance: float) -> bool:
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            close(value, found[key], tolerance) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(close(value, other, tolerance) for value, other in zip(expected, found, strict=True))
        )
    return isinstance(found, int | float) and abs(found - float(str(expected))) <= tolerance


@pytest.mark.parametrize("case", CASES, ids=[case["case_id"] for case in CASES])
def test_the_published_figure_is_reproduced(case: dict[str, str]) -> None:
    expected = json.loads(case["expected"])

    found = requests.answer(function=case["function"], arguments=json.loads(case["inputs"])).as_dict()

    for name, value in expected.items():
        assert close(value, found[name], float(case["tolerance"])), f"{name}: {found[name]} is not {value}"
