"""Welsh: every string of the frame has its twin, and the twins fit."""

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from desist.public import content, figures, frame, languages, render
from desist.public.problems import Found

PUBLIC = Path(languages.__file__).parent


def catalogue() -> Catalog:
    """The Welsh catalogue."""
    with (languages.CATALOGUES / "cy.po").open("rb") as file:
        return read_po(file, locale="cy")


def strings() -> set[str]:
    """Every string of the frame, from templates and code."""
    found = extract_from_dir(
        PUBLIC,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={"_": None, "say": None},
        comment_tags=(),
    )
    tables = (frame.MENUS, render.WHEN, figures.TITLES, figures.VERDICTS, figures.BASES)
    listed = {words for table in tables for words in table.values()}
    return {str(message[2]) for message in found} | listed | untranslated_tabs()


def untranslated_tabs() -> set[str]:
    """What menus call the pages that have no Welsh twin yet."""
    english, welsh = (
        content.read_pages(PUBLIC / "content" / code, language=code, found=Found()) for code in ("en", "cy")
    )
    return {page.tab for name, page in english.items() if name not in welsh}


def test_every_string_of_the_frame_has_its_welsh_twin() -> None:
    welsh = catalogue()

    twins = {str(message.id): message.string for message in welsh}
    missing = {words for words in strings() if not twins.get(words)}

    assert missing == set()


def test_no_twin_is_left_of_a_string_that_has_gone() -> None:
    known = {str(message.id) for message in catalogue() if message.id}

    assert known - strings() == set()


def test_what_is_filled_in_is_the_same_in_both() -> None:
    holes = re.compile(r"%\(\w+\)s|%s|\{n\}")

    unlike = [
        message.id
        for message in catalogue()
        if message.id and sorted(holes.findall(str(message.id))) != sorted(holes.findall(str(message.string)))
    ]

    assert unlike == []


NAMED = re.compile(r"\{[a-z]+[^}]*\}|\(page:[a-z-]+|^## |^- ", re.MULTILINE)


def test_a_twin_names_numbers_pages_and_steps_as_its_english_page_does() -> None:
    english, welsh = (
        content.read_pages(PUBLIC / "content" / code, language=code, found=Found()) for code in ("en", "cy")
    )

    unlike = [
        (name, Counter(NAMED.findall(english[name].text)), Counter(NAMED.findall(page.text)))
        for name, page in welsh.items()
        if sorted(NAMED.findall(english[name].text)) != sorted(NAMED.findall(page.text))
        or (page.menu, page.order, page.sources, page.beside, page.easy_read or english[name].easy_read)
        != tuple(
            getattr(english[name], field) for field in ("menu", "order", "sources", "beside", "easy_read")
        )
    ]

    assert len(welsh) > 20
    assert unlike == []


def test_a_helpline_for_everywhere_gives_the_same_hours_and_ways_in_welsh() -> None:
    english, welsh = (
        {
            row["id"]: row
            for row in csv.DictReader((PUBLIC / "content" / name).read_text("utf-8").splitlines())
        }
        for name in ("help.csv", "help.cy.csv")
    )
    shared = ("who_for", "hours", "text", "bsl", "interpreter")

    unlike = [
        (name, field, row[field])
        for name, row in english.items()
        for field in shared
        if not row["area"] and told(row[field]) != told(welsh.get(name, {}).get(field, ""))
    ]

    assert len(english) > 10
    assert unlike == []


def told(words: str) -> tuple[bool, list[str]]:
    """Whether a field says anything, and its numbers and addresses."""
    return bool(words), sorted(re.findall(r"[\w.]*\d[\w.:]*|\S+@\S+", words))


def test_words_without_a_twin_are_told_to_the_administrator() -> None:
    welsh, found = languages.load("cy"), Found()

    shown = welsh.say("Words that nobody translated")
    welsh.warn_of_missing(found=found)

    assert shown == "Words that nobody translated"
    assert "has no words for 'Words that nobody translated'" in found.notices[0].says


def test_days_are_written_as_each_language_writes_them() -> None:

    assert languages.load("en").day(dt.date(2027, 4, 19)) == "19 April 2027"
    assert languages.load("cy").day(dt.date(2027, 4, 19)) == "19 Ebrill 2027"
