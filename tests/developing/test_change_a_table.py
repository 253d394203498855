"""docs/developing/change-a-table.md does what it says: its edits and its commands are carried out on a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import migrations
from tests.rules.code import ROOT
from tests.rules.test_two_versions import breaking

PAGE = (ROOT / "docs" / "developing" / "change-a-table.md").read_text("utf-8")
BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: what a copy does without
LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "collected", "images", "*.xz")
PYTHON = ".venv/bin/python"
DESIST = f"{PYTHON} -m tools"


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS.findall(PAGE) if found == kind]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code, its tests and its pages."""
    for folder in ("src", "tools", "tests", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def edit(copy: Path, block: str) -> None:
    """Make one edit: the file's name, then lines that stay, go (-) or come (+)."""
    name, _, rest = block.partition("\n")
    lines = rest.splitlines(keepends=True)
    before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    text = (copy / name).read_text("utf-8")
    assert text.count(before) == 1, f"{name} does not say this once:\n{before}"
    (copy / name).write_text(text.replace(before, after), "utf-8")


def run(copy: Path, commands: str) -> None:
    path = os.pathsep.join([str(copy / "src"), str(copy), os.environ["PYTHONPATH"]])
    done = subprocess.run(
        ["/bin/sh", "-ec", commands.replace("./desist", DESIST).replace(PYTHON, sys.executable)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"


@pytest.mark.slow
@pytest.mark.processes
def test_a_field_is_added_as_the_page_says(copy: Path) -> None:
    for kind, block in BLOCKS.findall(PAGE):
        if kind == "diff":
            edit(copy, block)
        elif kind == "sh":
            run(copy, block)

    made = next((copy / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))
    assert "db_default=''" in made.read_text("utf-8")
    assert f"{made.relative_to(copy)}," in (copy / "tests" / "rules" / "migrations.csv").read_text("utf-8")
    assert "| hours | Hours in which the number is answered |" in (copy / "docs" / "data.md").read_text(
        "utf-8"
    )
    assert not list((ROOT / "src" / "desist" / "desk" / "migrations").glob("*_hours_of_duty_numbers.py"))


def test_a_field_is_taken_away_as_the_page_says_once_an_earlier_version_was_the_last_to_use_it() -> None:
    first = type("Migration", (migrations.Migration,), {"operations": []})
    leaving, dropping = (written(block) for block in blocks("python"))

    assert breaking([first, leaving, dropping], now="0.2.0") == []
    assert len(breaking([first, leaving, dropping], now="0.1.0")) == 1


def written(block: str) -> type[migrations.Migration]:
    names: dict[str, Any] = {"__name__": "of.the.page"}
    exec(block, names)  # noqa: S102 -- the page's own
    found: type[migrations.Migration] = names["Migration"]
    return found
