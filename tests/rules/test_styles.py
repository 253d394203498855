"""Every class of our own that a page names is drawn by a style, or found by a script."""

import re
from collections.abc import Iterable

from tests.rules.code import SOURCE

#: in an attribute, in what a macro is told, or in text that Python puts there
NAMED = re.compile(r"(?:class|classes|formGroup)[^\n]*?[\"']([^\"'\n]*desist-[^\"'\n]*)")
OWN = re.compile(r"(?<![\w-])desist-[a-z_-]+[a-z]")


def text_of(*endings: str) -> str:
    """Return all text of the product's files with some endings, but for what an installation puts there."""
    files = (path for ending in endings for path in sorted(SOURCE.rglob(f"*{ending}")))
    return "\n".join(
        path.read_text("utf-8") for path in files if {"vendor", "collected"}.isdisjoint(path.parts)
    )


def undrawn(pages: str, drawn: str) -> list[str]:
    """Return the classes of our own that the pages name and no style or script does."""
    named: Iterable[str] = (one for text in NAMED.findall(pages) for one in OWN.findall(text))
    return sorted(set(named) - set(OWN.findall(drawn)))


def test_every_class_of_our_own_is_drawn_or_found() -> None:
    assert undrawn(text_of(".html", ".py"), text_of(".css", ".js")) == []


def test_a_class_without_a_style_is_found() -> None:
    page = '<ul class="govuk-list desist-kept desist-people"></ul> {{ button({"classes": "desist-plain"}) }}'

    assert undrawn(page, ".desist-kept { margin: 0 } .desist-plain { border: 0 }") == ["desist-people"]
