"""The page in a real browser: no accessibility finding, no request, no sideways scrolling; and the pictures of the how-to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from packages.chronicle.tests.made_up import stalker
from playwright.sync_api import Browser, Page
from tests import looking
from typer.testing import CliRunner

from desist_chronicle.cli.app import app

pytestmark = pytest.mark.browser
#: name of a picture, the heading at which it begins, and its height
PICTURES = (
    ("chronology-page-one", "Course of conduct: Sam Sample", 900),
    ("chronology-hours", "Contacts from the subject by weekday and hour", 800),
    ("chronology-candidates", "Candidates for a person to confirm", 500),
    ("chronology-exhibits", "Photographs, recordings and documents", 660),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("course")
    stalker.write(folder)
    made = CliRunner().invoke(app, ["report", str(folder), *stalker.ASKED, "--out", str(folder / "bag")])
    assert made.exit_code == 0, made.output
    return (folder / "bag" / "data" / "chronology.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [320, 1200])
def test_the_page_has_no_accessibility_finding_and_fits(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(address)

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one for one in asked if not one.startswith("data:")] == [address]


@pytest.mark.parametrize(("name", "heading", "height"), PICTURES)
def test_each_part_begins_with_its_heading(
    page: Page, address: str, name: str, heading: str, height: int
) -> None:
    page.set_viewport_size({"width": 1200, "height": height})
    page.goto(address)

    found = page.get_by_role("heading", name=heading).first
    found.evaluate("one => one.scrollIntoView()")

    assert found.is_visible()
    looking.picture(page, name)
