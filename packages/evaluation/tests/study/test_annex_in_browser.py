"""The annex in a real browser: no accessibility finding, no request, no sideways scrolling at 320 pixels."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from packages.evaluation.tests.study.made_up import CUT, made_up
from playwright.sync_api import Browser, Page

from desist_evaluation.study import annex, release
from desist_evaluation.study.files import read_study
from desist_evaluation.study.plan import StudyPlan

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annex and the release edition of a study, in one folder."""
    study, plan = made_up(people=300), StudyPlan(data_cut=CUT, as_of=CUT)
    data = read_study(episodes=study.episodes, events=study.events, gaps=study.gaps)
    made: Path = tmp_path_factory.mktemp("annex")
    for name, text in {**release.write(data=data, plan=plan), **annex.write(data=data, plan=plan)}.items():
        (made / name).write_text(text)
    return made


@pytest.fixture
def address(folder: Path) -> str:
    return (folder / "annex.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize("edition", ["annex", "release"])
def test_either_edition_has_no_accessibility_finding_and_fits(
    page: Page, folder: Path, edition: str, width: int
) -> None:
    address = (folder / f"{edition}.html").as_uri()
    page.set_viewport_size({"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address)

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [address]


def test_a_keyboard_reaches_the_content_and_every_table(page: Page, address: str) -> None:
    page.goto(address)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    assert page.locator(".scroll[tabindex='0']").count() == 12
