"""Whoever looks for where a thing belongs finds every package of the product named in CONTRIBUTING.md."""

import re

from tests.rules.code import ROOT, SOURCE

#: the block of folders, and what is named in a line of it before what it says of them
FOLDERS = re.compile(r"^```\nsrc/desist/\n(.*?)^(?=\S)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^  ((?:\w+/ ?)+)", re.MULTILINE)


def named(contributing: str) -> list[str]:
    """Every package that the block names, in its order."""
    block = FOLDERS.search(contributing)
    assert block is not None
    return [name for line in NAMED.findall(block[1]) for name in re.findall(r"\w+", line)]


def packages() -> set[str]:
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def test_every_package_is_named_once_and_nothing_else() -> None:
    found = named((ROOT / "CONTRIBUTING.md").read_text("utf-8"))

    assert len(packages()) > 25
    assert sorted(found) == sorted(packages())


def test_a_package_that_is_not_named_is_missed() -> None:
    planted = "```\nsrc/desist/\n  one/ two/   say what\n              and/ more of it\n  three/ said\n```\n"

    assert named(planted) == ["one", "two", "three"]
