"""CONTRIBUTING.md names every package of the product, of the tools and every library, so that a reader finds where a thing belongs."""

import re

from tests.rules.code import ROOT, SOURCE

#: the lines below a folder, and the package named in each before its description
BELOW = r"^{folder}/.*\n((?:  .*\n)*)"
NAMED = re.compile(r"^  ((?:\w+/ ?)+)", re.MULTILINE)


def named(contributing: str, folder: str = "src/desist") -> list[str]:
    """Every package that is named below a folder, in its order."""
    block = re.search(BELOW.format(folder=folder), contributing, re.MULTILINE)
    assert block is not None
    return [name for line in NAMED.findall(block[1]) for name in re.findall(r"\w+", line)]


def packages() -> set[str]:
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")}


def test_every_package_is_named_once_and_nothing_else() -> None:
    found = named((ROOT / "CONTRIBUTING.md").read_text("utf-8"))

    assert len(packages()) > 20
    assert sorted(found) == sorted(packages())


def test_every_tool_and_every_library_is_named_once() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert sorted(named(contributing, "tools")) == sorted(
        path.parent.name for path in (ROOT / "tools").glob("*/__init__.py")
    )
    assert sorted(named(contributing, "packages")) == sorted(
        path.parent.name for path in ROOT.glob("packages/*/pyproject.toml")
    )


def test_a_package_that_is_not_named_is_missed() -> None:
    planted = "```\nsrc/desist/\n  one/ two/   say what\n              and/ more of it\n  three/ said\n```\n"

    assert named(planted) == ["one", "two", "three"]
