"""A migration that has landed is never edited: yesterday's databases were made by it as it was.

tests/rules/migrations.sha256 lists every migration with its digest. A new one is added to the list when it is finished:

    sha256sum src/desist/programme/migrations/0007_what_changes.py >> tests/rules/migrations.sha256
"""

from collections.abc import Mapping
from hashlib import sha256

import pytest
from tests.rules.code import ROOT

LISTED = ROOT / "tests" / "rules" / "migrations.sha256"


def listed() -> dict[str, str]:
    """File -> the digest that it had when it landed."""
    lines = (line.split() for line in LISTED.read_text("utf-8").splitlines())
    return {path: digest for digest, path in lines}


def found() -> dict[str, str]:
    """File -> the digest that it has."""
    files = sorted(ROOT.glob("src/desist/*/migrations/[0-9]*.py"))
    return {str(file.relative_to(ROOT)): sha256(file.read_bytes()).hexdigest() for file in files}


def differing(known: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """What is said of each migration that was edited, taken away, or not listed yet."""
    edited = [
        f"{path} was edited: write another migration" for path in known if known[path] != here.get(path)
    ]
    return edited + [f"{path} is not listed yet" for path in here if path not in known]


def test_no_migration_that_landed_is_edited() -> None:
    assert differing(listed(), found()) == []


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ({"a.py": "2"}, ["a.py was edited: write another migration"]),
        ({}, ["a.py was edited: write another migration"]),
        ({"a.py": "1", "b.py": "1"}, ["b.py is not listed yet"]),
    ],
)
def test_an_edited_and_a_new_migration_are_found(here: dict[str, str], said: list[str]) -> None:
    assert differing({"a.py": "1"}, here) == said
