"""Each folder holds only the kinds of files that the project is made of, and no files that a tool left behind."""

from collections.abc import Iterable
from pathlib import Path

from tests.rules.code import ROOT, SOURCE

#: the endings of the product's files; the marker of types has none of its own, and a dump of an earlier version's
#: tables is packed
KINDS = {".css", ".csv", ".html", ".js", ".md", ".po", ".py", ".svg", ".toml", ".typ", ".xz", ".yaml"}
NAMES = {"py.typed", "LICENSE"}
#: files that an installation or a run puts there
MADE = {"vendor", "collected", "__pycache__"}


def of_no_kind(paths: Iterable[Path]) -> list[str]:
    """Return the names of files that are of no listed kind."""
    return [path.name for path in paths if path.suffix not in KINDS and path.name not in NAMES]


def test_the_product_and_its_tests_keep_no_file_of_an_unknown_kind() -> None:
    found = [
        path
        for folder in (SOURCE, ROOT / "packages", ROOT / "tools", ROOT / "tests")
        for path in folder.rglob("*")
        if path.is_file()
    ]
    kept = [path for path in found if MADE.isdisjoint(path.parts)]

    assert SOURCE / "sites.py" in kept
    assert of_no_kind(kept) == []


def test_what_a_merge_or_an_editor_leaves_behind_is_found() -> None:
    left = ["models.py.orig", "models.py.rej", ".models.py.swp", "models.py~", "notes"]

    assert of_no_kind(Path(name) for name in [*left, "models.py"]) == left
