"""Easy read: every page for the public has a twin in short sentences with drawings, and each leads to the other."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from desist.public import content, reading
from desist.public.build import Report
from desist.public.content import Page
from desist.public.languages import ENGLISH, WELSH
from desist.public.problems import Found
from desist.public.settings import OURS

Building = Callable[[], Report]
Mistakes = Callable[[], list[str]]

#: what a person who is stalked, or a friend of theirs, reads beside the menus for the public
MORE = {"index", "orders"}
#: the box of the search, and the short version of all
WITHOUT = {"search", "easy"}
#: a sentence of an easy read has no more words than this, a drawing no more sentences
WORDS, LINES = 15, 5
DRAWING = re.compile(r"\{drawing [a-z-]+\}")
BLOCK = re.compile(r"\{(help|numbers|cards|onward|join)\b[^}]*\}")
PAGE = "title: Our desk\ntab: Our desk\nsummary: When it is open.\nmenu: safety\n"


def pages(language: str) -> dict[str, Page]:
    """The pages of a language as shipped."""
    return content.read_pages(OURS / "content" / language, language=language, found=Found())


def easy_reads(language: str) -> list[Page]:
    """The easy reads of a language, with the short version."""
    return [page for page in pages(language).values() if page.menu == "easy" or page.name == "easy"]


def paragraphs(page: Page) -> list[str]:
    """The lines of a page that are not empty."""
    return [line for line in page.text.splitlines() if line]


def test_every_page_for_the_public_has_its_easy_read_in_both_languages() -> None:
    english = pages(ENGLISH)
    needed = {name for name, page in english.items() if page.menu in content.PLAIN or name in MORE}
    needed -= WITHOUT

    assert len(needed) >= 16
    assert {name for name in needed if not english[name].easy_read} == set()
    assert {english[name].easy_read for name in needed} <= pages(WELSH).keys()
    assert {page.name for page in english.values() if page.menu == "easy"} <= {
        english[name].easy_read for name in needed
    }


@pytest.mark.parametrize("root", ["", "cy/"])
def test_a_page_and_its_easy_read_lead_to_each_other(shipped: Path, root: str) -> None:
    for name, page in pages(ENGLISH).items():
        if not page.easy_read:
            continue
        for here, there in ((name, page.easy_read), (page.easy_read, name)):
            link = f"/{root}" if there == "index" else f"/{root}{there}/"
            path = shipped / root / ("" if here == "index" else here) / "index.html"
            lines = html.document_fromstring(path.read_text("utf-8")).iter("p")
            shown = [str(a.get("href")) for p in lines if p.get("class") == "easy" for a in p.iter("a")]
            assert link in shown, (here, there)


def test_the_short_version_lists_every_easy_read(shipped: Path) -> None:
    shown = (shipped / "easy/index.html").read_text("utf-8")

    assert [page.name for page in easy_reads(ENGLISH) if f'href="/{page.name}/"' not in shown] == []


@pytest.mark.parametrize("language", [ENGLISH, WELSH])
def test_an_easy_read_has_short_sentences_alone(language: str) -> None:
    long = [
        (page.name, sentence)
        for page in easy_reads(language)
        for line in paragraphs(page)
        if not DRAWING.match(line) and not BLOCK.match(line)
        for sentence in re.split(r"(?<=[.?:!])\s", re.sub(r"\]\(page:[a-z-]+\)", "", line))
        if len(sentence.split()) > WORDS or line.startswith("- ")
    ]

    assert long == []


@pytest.mark.parametrize("language", [ENGLISH, WELSH])
def test_a_drawing_stands_beside_each_few_sentences(language: str) -> None:
    for page in easy_reads(language):
        since, drawn = 0, False
        for line in paragraphs(page):
            if line.startswith("## "):
                since, drawn = 0, False
            elif DRAWING.fullmatch(line):
                since, drawn = 0, True
            elif not BLOCK.match(line):
                since += 1
                assert drawn, (page.name, line)
                assert since <= LINES, (page.name, line)


def test_an_easy_read_reads_as_for_nine() -> None:
    ages = {
        page.name: reading.age(re.sub(r"\{[^}]*\}|\(page:[^)]*\)", "", page.text))
        for page in easy_reads(ENGLISH)
    }

    assert {name: age for name, age in ages.items() if age > 9} == {}


def test_an_easy_read_is_found_by_its_whole_page(shipped: Path) -> None:
    found = (shipped / "search.json").read_text("utf-8") + (shipped / "search/index.html").read_text("utf-8")

    assert "/tracking/" in found
    assert "-easy/" not in found


def test_a_page_without_an_easy_read_is_told_to_the_editor(editor: Path, building: Building) -> None:
    (editor / "en/our-desk.md").write_text(f"---\n{PAGE}---\nWe are here.\n", "utf-8")
    (editor / "en/our-rules.md").write_text(
        f"---\n{PAGE.replace('safety', 'work')}---\nFor staff.\n", "utf-8"
    )

    told = [problem.path.name for problem in building().notices if "has no easy read" in problem.says]

    assert told == ["our-desk.md"]


def test_an_easy_read_that_is_not_there_is_a_mistake(editor: Path, mistakes: Mistakes) -> None:
    (editor / "en/our-desk.md").write_text(f"---\n{PAGE}easy_read: helpeasy\n---\nWe are here.\n", "utf-8")

    assert mistakes() == [
        "our-desk.md:1: `easy_read` is 'helpeasy', no page of the site (did you mean `help-easy`?)"
    ]
