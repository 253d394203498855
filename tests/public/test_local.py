"""One settings file names the area and its services; every page speaks of them, and referrals lead to the programme."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Page, expect
from tests.public.conftest import TODAY

from desist.public.build import Report, build
from desist.public.need import known

Building = Callable[[], Report]
Mistakes = Callable[[], list[str]]

LOCAL = """\
desk:
  name: Northmere stalking desk
  number: 01632 960000
  hours: Weekdays 8am to 6pm
  checked_on: 2026-11-20
advocacy:
  name: Harbour Advocacy
  number: 01632 960001
  checked_on: 2026-11-20
programme:
  name: Turnaround Northmere
  number: 01632 960002
  checked_on: 2026-11-20
refer: https://turnaround.northmere.example/refer/
self_refer: https://turnaround.northmere.example/refer/turnaround/myself/
"""


@pytest.fixture
def local(editor: Path) -> Path:
    """The editor's folder with every service of its area."""
    path = editor / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("[en]", "[en, cy]") + LOCAL, "utf-8")
    return editor


def words(element: Any) -> str:
    """An element's words on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def shown(out: Path, address: str) -> Any:
    """A built page."""
    return html.document_fromstring((out / address / "index.html").read_text("utf-8"))


def beside(page: Any) -> str:
    """What stands beside a page."""
    return " ".join(" ".join(str(text) for part in page.iter("aside") for text in part.itertext()).split())


def test_every_page_names_the_forces_desk(local: Path, building: Building, tmp_path: Path) -> None:
    building()

    pages = {path: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.html")}
    assert len(pages) > 50
    assert [
        path
        for path, text in pages.items()
        if 'Northmere stalking desk: <a href="tel:01632960000">' not in text
    ] == []


def test_the_pages_speak_of_the_areas_own_services(local: Path, building: Building, tmp_path: Path) -> None:
    fields = "title: Our desk\ntab: Our desk\nsummary: When it is open.\nmenu: none"
    (local / "en/our-desk.md").write_text(f"---\n{fields}\n---\nTell {{desk}}.\n", "utf-8")
    building()
    out = tmp_path / "out"

    told = "Tell Northmere stalking desk on 01632 960000, or the police on 101 when it is closed."
    assert told in words(shown(out, "if-it-happens"))
    assert words(shown(out, "help")).index("Harbour Advocacy") < words(shown(out, "help")).index("Paladin")
    assert beside(shown(out, "tracking")).startswith(
        "In Northmere Northmere stalking desk 01632 960000 Weekdays 8am to 6pm"
    )
    assert "Harbour Advocacy" in beside(shown(out, "weeks/awareness-week"))
    assert beside(shown(out, "your-behaviour")).startswith("In Northmere Turnaround Northmere")
    assert "Ask your police force" not in "".join(path.read_text("utf-8") for path in out.rglob("*.html"))
    assert "wrth Northmere stalking desk ar" in words(shown(out, "cy/images"))
    assert told in words(shown(out, "cy/our-desk")), "an English page stays in English"


def test_danger_comes_before_every_other_number(local: Path, building: Building, tmp_path: Path) -> None:
    building()

    numbers = [
        words(part) for part in shown(tmp_path / "out", "start").iter("ul") if part.get("class") == "numbers"
    ]
    assert [numbers[0].index(name) for name in ("999", "101", "01632 960000", "0808 802 0300")] == sorted(
        numbers[0].index(name) for name in ("999", "101", "01632 960000", "0808 802 0300")
    )


def test_referrals_lead_to_the_forms_of_the_programme(
    local: Path, building: Building, tmp_path: Path
) -> None:
    building()

    for address, form in (
        ("professionals", "https://turnaround.northmere.example/refer/"),
        ("your-behaviour", "https://turnaround.northmere.example/refer/turnaround/myself/"),
    ):
        links = [link for link in shown(tmp_path / "out", address).iter("a") if link.get("href") == form]
        assert [str(link.get("rel")) for link in links] == ["noopener noreferrer"] * 2, (
            "in the text and beside it"
        )


def test_a_site_without_an_area_says_whom_to_ask(shipped: Path) -> None:
    assert "Ask your police force or commissioner" in words(shown(shipped, "professionals"))
    assert "Tell the police on 101." in words(shown(shipped, "if-it-happens"))
    assert beside(shown(shipped, "tracking")).startswith(
        "Who to call National Stalking Helpline 0808 802 0300"
    )


def test_an_unchecked_service_of_the_area_is_not_published(local: Path, tmp_path: Path) -> None:
    path = local / "site.yaml"
    path.write_text(
        path.read_text("utf-8").replace("checked_on: 2026-11-20", "checked_on: 2025-11-20", 1), "utf-8"
    )

    with pytest.raises(
        Exception,
        match=r"site.yaml:10: Northmere stalking desk, 01632 960000, .* was last checked on 2025-11-20",
    ):
        build(tmp_path / "out", today=TODAY, site=local)


def test_a_service_has_welsh_words_of_its_own(local: Path, building: Building, tmp_path: Path) -> None:
    (local / "help.cy.csv").write_text(
        "id,name,who_for,hours,text,bsl,interpreter\ndesk,Desg Northmere,Pawb,Dyddiau'r wythnos,,,\n", "utf-8"
    )

    building()

    assert beside(shown(tmp_path / "out", "cy/help")) == ""
    assert "Desg Northmere" in beside(shown(tmp_path / "out", "cy/tracking"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  number: 01632 960000\n",
            "",
            "site.yaml:10: `number` is missing, and so is `site`: nobody could reach this",
        ),
        (
            "  hours: Weekdays 8am to 6pm",
            "  hors: 8am",
            "site.yaml:12: `hors` is not a field that is known here (did you mean",
        ),
        ("  name: Harbour Advocacy\n", "", "site.yaml:15: `name` is missing: add it"),
        ("2026-11-20", "2026-12-20", "site.yaml:13: `checked_on` is 2026-12-20, which is still to come"),
        (
            "refer: https://turnaround.northmere.example/refer/\n",
            "refer: /refer/\n",
            "site.yaml:22: `refer` is '/refer/': write a whole web address",
        ),
        (
            LOCAL[: LOCAL.index("advocacy")],
            "desk: Northmere desk\n",
            "site.yaml:9: `desk` should have fields of its own",
        ),
    ],
)
def test_mistakes_in_the_services_are_named_with_their_line(
    local: Path, mistakes: Mistakes, old: str, new: str, said: str
) -> None:
    path = local / "site.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    assert any(line.startswith(said) for line in mistakes()), mistakes()


def test_all_43_areas_have_an_estimate(shipped: Path) -> None:
    rows = [words(row) for row in shown(shipped, "your-area").iter("tr")][1:]

    assert len(known()) == len(rows) == 43
    assert {"Kent", "Gwent", "City of London", "Metropolitan Police"} <= known().keys()
    assert sum(force.people for force in known().values()) == pytest.approx(59_400_000, rel=0.01), (
        "England and Wales"
    )


@pytest.mark.browser
@pytest.mark.slow
def test_a_box_finds_an_area_within_the_page(page: Page, served: str) -> None:
    page.goto(f"{served}/your-area/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("searchbox").fill("wales")

    expect(page.locator("#areas tr:visible th")).to_have_text(["North Wales", "South Wales"])
    expect(page.get_by_role("status").last).to_have_text("2 found")
    page.get_by_role("searchbox").fill("atlantis")
    expect(page.get_by_role("status").last).to_have_text("No area of that name. Try fewer letters.")
    assert (page.url, asked) == (f"{served}/your-area/", [])
