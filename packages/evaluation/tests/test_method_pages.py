"""The method pages stay true: every worked example is run, and every printed digit compared."""

import json
import re
import shlex
from decimal import Decimal
from pathlib import Path

import pytest

from desist_evaluation import registry, requests

PAGES = Path(__file__).parents[3] / "docs" / "methods"
EXAMPLE = re.compile(
    r"```sh\n\./desist evaluate (?P<command>.+?)\n```\n\n```json\n(?P<expected>.+?)\n```", re.DOTALL
)
EXAMPLES = [
    pytest.param(page.stem, *shlex.split(found["command"]), found["expected"], id=f"{page.stem}-{place}")
    for page in sorted(PAGES.glob("*.md"))
    for place, found in enumerate(EXAMPLE.finditer(page.read_text()))
]


def differences(expected: object, found: object, where: str = "") -> list[str]:
    """Where the figures differ by more than half of the last digit printed."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            text
            for key, value in expected.items()
            for text in differences(value, found.get(key), f"{where}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [
            text
            for value, other in zip(expected, found, strict=True)
            for text in differences(value, other, where)
        ]
    if isinstance(expected, Decimal) and isinstance(found, int | float) and not isinstance(found, bool):
        half = Decimal(10) ** int(expected.as_tuple().exponent) / 2
        return (
            []
            if abs(Decimal(found) - expected) <= half * Decimal("1.001")
            else [f"{where}: {found}, not {expected}"]
        )
    return [] if expected == found else [f"{where}: {found!r}, not {expected!r}"]


@pytest.mark.parametrize(("written_on", "function", "arguments", "expected"), EXAMPLES)
def test_the_worked_example_gives_the_printed_figures(
    written_on: str, function: str, arguments: str, expected: str
) -> None:
    printed = json.loads(expected, parse_float=Decimal, parse_int=Decimal)

    found = requests.answer(function=function, arguments=json.loads(arguments)).as_dict()

    assert differences(printed, found) == []


def test_a_wrong_digit_would_be_found() -> None:
    assert differences({"a": [Decimal("0.138")]}, {"a": [0.1386]}) == [".a: 0.1386, not 0.138"]
    assert differences(Decimal(3), None) == [": None, not Decimal('3')"]


@pytest.mark.parametrize("function", registry.FUNCTIONS)
def test_every_function_has_a_page_with_its_formula_source_and_an_example(function: str) -> None:
    text = (PAGES / f"{function}.md").read_text()

    assert all(part in text for part in ("**Formula.**", "**Source.**", "## Worked example"))
    assert f"./desist evaluate {function} '" in text
