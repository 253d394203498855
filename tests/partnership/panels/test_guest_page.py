"""In a real browser: a guest reads one paper with a link and a code, on a narrow phone, without script or cookie."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests import looking
from tests.partnership.panels.conftest import Panel
from tests.partnership.panels.test_panel_papers import guest

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_keys")]


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


def accessible(page: Page) -> None:
    assert [one["id"] for one in looking.violations(page) if one["id"] not in looking.ALLOWED] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= looking.PHONE["width"]


@pytest.fixture
def context(browser: Any, address: str) -> Iterator[BrowserContext]:
    """A telephone on which nobody is signed in."""
    made = browser.new_context(base_url=address, viewport=looking.PHONE)
    yield made
    made.close()


def test_a_guest_opens_one_paper_on_a_phone(panel: Panel, context: BrowserContext) -> None:
    link, code = guest(panel)
    page = context.new_page()
    page.goto(link)
    accessible(page)
    looking.picture(page, "guest-asks")

    page.get_by_label("The code that you were told on the telephone").fill("AAAA AAAA")
    page.get_by_role("button", name="Open the paper").click()
    expect(page.get_by_role("alert")).to_contain_text("open nothing")
    accessible(page)
    page.get_by_label("The code that you were told on the telephone").fill(code)
    page.get_by_role("button", name="Open the paper").click()

    expect(page.get_by_text("Read this.")).to_be_visible()
    accessible(page)
    looking.picture(page, "guest-reads")
    assert context.cookies() == []
    assert page.locator("script").count() == 0
