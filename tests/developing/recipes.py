"""Carry out pages of docs/developing on a copy of the code: their edits (```diff) and their commands (```sh)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests import database
from tests.rules.code import ROOT

BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: what a copy leaves out
LEFT_OUT = shutil.ignore_patterns("vendor", "collected", "images", "*.xz")
PYTHON = ".venv/bin/python"
DESIST = f"{PYTHON} -m tools"
PRINT = "./desist docs"
TEST = f"{PYTHON} -m pytest -q "


class NotSaidOnce(Exception):
    """A file does not have the lines that an edit begins from, or has them twice."""


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the blocks of a page of docs/developing, each with its kind: "diff", "sh" or "python"."""
    return BLOCKS.findall((ROOT / "docs" / "developing" / page).read_text("utf-8"))


def copied(to: Path) -> Path:
    """Copy the code, its tests and its pages."""
    for folder in ("src", "tools", "tests", "docs"):
        shutil.copytree(ROOT / folder, to / folder, ignore=LEFT_OUT)
    for file in ("pyproject.toml", "README.md", "GLOSSARY.md", "CONTRIBUTING.md", "conftest.py"):
        shutil.copy(ROOT / file, to)
    for locked in ROOT.glob("requirements*.txt"):
        shutil.copy(locked, to)
    if (tables := database.kept("database")).exists():  # its own migration is made on top of them
        shutil.copytree(tables, to / tables.relative_to(ROOT))
    return to


def carry_out(copy: Path, *pages: str) -> dict[str, set[str]]:
    """Carry out pages one after the other; at the end print and test, once for all. Return the files that each edits."""
    edited: dict[str, set[str]] = {page: set() for page in pages}
    tests: set[str] = set()
    for page in pages:
        for kind, block in blocks(page):
            if kind == "diff":
                edited[page].add(edit(copy, block))
            elif kind == "sh":
                lines = block.splitlines()
                tests.update(*(line.removeprefix(TEST).split() for line in lines if line.startswith(TEST)))
                run(copy, "\n".join(one for one in lines if one != PRINT and not one.startswith(TEST)))
    run(copy, f"{PRINT}\n{TEST}{' '.join(sorted(tests))}")
    return edited


def edit(copy: Path, block: str) -> str:
    """Make one edit and return its file's name. A block names the file; its lines stay, go (-) or come (+)."""
    name, _, rest = block.partition("\n")
    lines = rest.splitlines(keepends=True)
    before, after = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    file = copy / name
    text = file.read_text("utf-8") if file.exists() else ""
    if text and text.count(before) != 1:
        raise NotSaidOnce(f"{name} does not say this once:\n{before}")
    file.write_text(text.replace(before, after) if text else after, "utf-8")
    return name


def run(copy: Path, commands: str) -> None:
    """Run the commands of a block; each must succeed."""
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
