"""Each idea has one word: the glossary has no word twice."""

import re
from collections import Counter

from tests.rules.code import ROOT

ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
HEADS = {"word", "---"}


def twice(glossary: str) -> list[str]:
    """Return the words with two rows, even where both rows agree."""
    rows = Counter(word.strip().casefold() for word in ROW.findall(glossary))
    return sorted(word for word, times in rows.items() if times > 1 and word not in HEADS)


def test_no_word_has_two_meanings() -> None:
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")

    assert len(ROW.findall(glossary)) > 100
    assert twice(glossary) == []


def test_a_word_with_two_rows_is_found() -> None:
    glossary = "| word | meaning |\n|---|---|\n| link | a step |\n| word | meaning |\n| Link | an address |\n"

    assert twice(glossary) == ["link"]
