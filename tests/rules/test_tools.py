"""The tools check the code as pyproject.toml tells them: each must reject what it is given here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rules.code import ROOT

CONFIGURATION = str(ROOT / "pyproject.toml")
SIMPLE = '"""Planted."""\n\n\ndef one() -> int:\n    """Give one."""\n    return 1\n'
BRANCHES = "".join(f"    if number == {n}:\n        found += {n}\n" for n in range(8))
COMPLEX = f'"""Planted."""\n\n\ndef count(number: int) -> int:\n    """Count."""\n    found = 0\n{BRANCHES}    return found\n'
SIX_BRANCHES = COMPLEX.replace("    if number == 7:\n        found += 7\n", "")


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "300"},  # a line is not cut off
    )


def linted(text: str) -> list[str]:
    """Return the codes that the linter finds in a module of the product with this text."""
    words = ("check", "--config", CONFIGURATION, "--no-cache", "--output-format", "concise")
    said = run("ruff", *words, "--stdin-filename", "src/desist/planted.py", "-", given=text).stdout
    return [line.split()[1] for line in said.splitlines() if line.startswith("src/")]


def test_what_is_simple_passes() -> None:
    assert linted(SIMPLE) == []
    assert linted(SIX_BRANCHES) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (COMPLEX, "C901"),  # more than eight ways through it
        ("def one(number):\n    return number\n", "ANN001"),
        ("from datetime import datetime\n\nAT = datetime.now()\n", "DTZ005"),
        ("from django.utils.safestring import mark_safe\n\nTEXT = mark_safe(input())\n", "S308"),
        ("def one() -> None:\n    try:\n        print()\n    except Exception:\n        pass\n", "S110"),
        ("from desist.wall import gate\n\nROWS = gate._rows\n", "SLF001"),
        ("from . import gate\n\nprint(gate)\n", "TID252"),
    ],
)
def test_the_linter_finds(text: str, code: str) -> None:
    assert code in linted(text)


LOOSE = """
from desist.references import reference

def no_types(number):
    return number

def a_list_of_whatever(numbers: list) -> int:
    return len(numbers)

def never_reached() -> int:
    return 1
    return 2

def of_another_type() -> int:
    return reference()
"""


@pytest.mark.slow
def test_types_are_strict(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(LOOSE, encoding="utf-8")

    said = run("mypy", "--config-file", CONFIGURATION, "--cache-dir", str(tmp_path / "cache"), str(planted))

    assert re.findall(r"\[([a-z-]+)\]$", said.stdout, re.MULTILINE) == [
        "no-untyped-def",
        "type-arg",
        "unreachable",
        "return-value",
    ]


PLANTED = """
import socket
import warnings

import pytest

def test_nothing() -> None:
    pass

def test_a_warning() -> None:
    warnings.warn("old", DeprecationWarning)

def test_the_network() -> None:
    socket.create_connection(("192.0.2.1", 80), 0.1)

@pytest.mark.xfail
def test_what_is_expected_to_fail_and_does_not() -> None:
    pass
"""
UNHEARD_OF = "import pytest\n\n@pytest.mark.unheard_of\ndef test_it() -> None:\n    pass\n"


@pytest.mark.slow
def test_a_warning_the_network_and_a_mark_that_nobody_declared_fail_a_test(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    (tmp_path / "test_unheard_of.py").write_text(UNHEARD_OF, encoding="utf-8")
    alone = ("-c", CONFIGURATION, "--rootdir", str(tmp_path), "-p", "no:cacheprovider")

    said = run("pytest", *alone, "--continue-on-collection-errors", str(tmp_path)).stdout

    assert "test_planted.py::test_a_warning - DeprecationWarning: old" in said
    assert "test_planted.py::test_the_network - UserWarning: A test tried to use socket" in said
    assert "test_planted.py::test_what_is_expected_to_fail_and_does_not - [XPASS(strict)]" in said
    assert "'unheard_of' not found in `markers` configuration option" in said
    assert "3 failed, 1 passed, 1 error" in said
