"""Whoever opens a folder finds what the project is made of, and nothing that a tool left behind."""

import subprocess
from pathlib import PurePath

from tests.rules.code import ROOT

#: What the product is made of; a marker that types are here has no ending of its own.
KINDS = {".css", ".csv", ".html", ".js", ".md", ".po", ".py", ".svg", ".toml", ".typ", ".typed", ".yaml"}


def of_no_kind(paths: list[str]) -> list[str]:
    """The paths of files that are none of these."""
    return [path for path in paths if (PurePath(path).suffix or PurePath(path).name) not in KINDS]


def test_the_product_keeps_no_file_of_an_unknown_kind() -> None:
    kept = subprocess.run(
        ["git", "ls-files", "src/desist", "tests"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()

    assert "src/desist/sites.py" in kept
    assert of_no_kind(kept) == []


def test_what_a_merge_or_an_editor_leaves_behind_is_found() -> None:
    left = ["a/models.py.orig", "a/models.py.rej", "a/.models.py.swp", "a/models.py~", "a/notes"]

    assert of_no_kind([*left, "a/models.py"]) == left
