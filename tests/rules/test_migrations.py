"""A migration that has landed is never edited: yesterday's databases were made by it as it was.

tests/rules/migrations.csv lists every migration with its digest. Add a new one when it is finished; the failing test
prints the line.
"""

import csv
from collections.abc import Mapping
from hashlib import sha256

import pytest
from django.core.management import call_command
from tests.rules.code import ROOT

from desist.desk.models import DutyNumber

LISTED = ROOT / "tests" / "rules" / "migrations.csv"


def listed() -> dict[str, str]:
    """Return file -> the digest that it had when it landed."""
    with LISTED.open(encoding="utf-8", newline="") as lines:
        return {row["file"]: row["digest"] for row in csv.DictReader(lines)}


def found() -> dict[str, str]:
    """Return file -> the digest that it has now."""
    files = sorted(ROOT.glob("src/desist/*/migrations/[0-9]*.py"))
    return {str(file.relative_to(ROOT)): sha256(file.read_bytes()).hexdigest() for file in files}


def differing(known: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Return the complaint about each migration that was edited or removed, or is not listed yet."""
    edited = [
        f"{path} was edited: write another migration" for path in known if known[path] != here.get(path)
    ]
    return edited + [f"add the line {path},{digest}" for path, digest in here.items() if path not in known]


def test_no_migration_that_landed_is_edited() -> None:
    assert differing(listed(), found()) == []


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ({"a.py": "2"}, ["a.py was edited: write another migration"]),
        ({}, ["a.py was edited: write another migration"]),
        ({"a.py": "1", "b.py": "3"}, ["add the line b.py,3"]),
    ],
)
def test_an_edited_and_a_new_migration_are_found(here: dict[str, str], said: list[str]) -> None:
    assert differing({"a.py": "1"}, here) == said


def test_the_models_are_as_their_migrations_make_them(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_model_that_no_migration_follows_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DutyNumber._meta.get_field("title"), "max_length", 999)

    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
