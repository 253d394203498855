"""Every picture of the documentation is used in a page, made by a test, and small."""

import re

from tests.rules.code import ROOT

IMAGES = ROOT / "docs" / "images"
MOST = 80_000  # bytes
#: a picture is kept by its name alone, or by a table of names and addresses
KEPT = re.compile(r"picture\(\w+, \"([a-z-]+)\"\)|\(\"([a-z-]+)\", \"")


def shown() -> set[str]:
    """Return the pictures that the pages of the documentation use."""
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {
        name for path in texts for name in re.findall(r"images/([a-z-]+)\.png\)", path.read_text("utf-8"))
    }


def made() -> set[str]:
    """Return the pictures that tests make, the product's and the libraries'."""
    folders = (ROOT / "tests", *(ROOT / "packages").glob("*/tests"))
    texts = [path.read_text("utf-8") for folder in folders for path in folder.rglob("*.py")]
    return {first or second for text in texts for first, second in KEPT.findall(text)}


def test_every_picture_is_shown_and_every_picture_shown_exists() -> None:
    assert shown() == {path.stem for path in IMAGES.glob("*.png")}


def test_every_picture_is_made_by_a_test() -> None:
    assert {path.stem for path in IMAGES.glob("*.png")} - made() == set()


def test_every_picture_is_small() -> None:
    assert [path.name for path in IMAGES.glob("*.png") if path.stat().st_size > MOST] == []
