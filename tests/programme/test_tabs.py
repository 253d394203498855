"""The places of one person's case: drawn once, and yet each case's own."""

import re

import pytest
from django.template import engines

from desist.ui.addresses import url

ROBIN, KIT = "k7f2m9px4c", "pairs9px4c"


def tabs(ref: str, path: str) -> str:
    """The places as a page of that person has them."""
    source = '{% from "programme/tabs.html" import tabs %}{{ tabs(ref, path) }}'
    return str(engines["jinja2"].from_string(source).render({"ref": ref, "path": path}))


@pytest.mark.parametrize("ref", [ROBIN, KIT])
def test_every_place_is_of_the_case_whose_page_it_is(ref: str) -> None:
    links = tabs(ref, "/").split("href=")[1:]

    assert len(links) == 8
    assert all(f"/{ref}/" in link for link in links)


@pytest.mark.parametrize("part", ["chains:person", "diary:diary", "key_dates:days"])
def test_the_place_that_the_page_is_in_is_marked_and_shows_its_parts(part: str) -> None:
    drawn = tabs(ROBIN, url(part, ref=ROBIN))

    marked = re.findall('<a [^>]*href="([^"]+)"[^>]* aria-current="page"[^>]*>([^<]+)<', drawn)
    names = {"chains:person": "All chains", "diary:diary": "Diary", "key_dates:days": "Key dates"}
    assert marked == [
        (url("chains:person", ref=ROBIN), "Chains"),
        (url(part, ref=ROBIN), names[part]),
    ]
    assert len(drawn.split("href=")[1:]) == 8 + 4


def test_the_page_of_another_case_marks_nothing() -> None:
    assert "aria-current" not in tabs(ROBIN, url("chains:person", ref=KIT))
