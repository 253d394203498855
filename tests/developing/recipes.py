"""Carry out a page of docs/developing on a copy of the code: its edits (```diff) and its commands (```sh)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.rules.code import ROOT

BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: what a copy leaves out
LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "collected", "images", "*.xz")
PYTHON = ".venv/bin/python"
DESIST = f"{PYTHON} -m tools"


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
    return to


def carry_out(page: str, copy: Path) -> set[str]:
    """Carry out the instructions of a page; return the files that it edits."""
    edited = set()
    for kind, block in blocks(page):
        if kind == "diff":
            edited.add(edit(copy, block))
        elif kind == "sh":
            run(copy, block)
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
